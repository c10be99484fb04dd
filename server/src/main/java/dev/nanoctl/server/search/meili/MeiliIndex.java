package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.SearchQuery;
import dev.nanoctl.server.search.SearchResult;
import dev.nanoctl.server.search.text.GermanText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search index on a Meilisearch server, which any number of processes may share: each of them may
 * write, and each notices within half a second what another one changed.
 *
 * <p>A change is queued by the server when {@link #put} returns, and is never lost from then on;
 * that it was made is looked after. While the server does not answer, searches and changes fail at
 * once with {@code NC-SEARCH-UNREACHABLE}, and {@link #condition} says so.
 */
public final class MeiliIndex implements SearchIndex {
  private static final Logger LOG = LoggerFactory.getLogger(MeiliIndex.class);
  private static final Duration SETTLING = Duration.ofMinutes(1);
  private static final int FEW_WORDS = 1_000;

  private final MeiliHttp http;
  private final MeiliTasks tasks;
  private final MeiliHome home;
  private final MeiliRound.Asking asking;
  private final MeiliWords words = new MeiliWords();
  private final GermanText text = new GermanText(stem -> words.known().vocabulary().count(stem));
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable MeiliRebuild> rebuilding = new AtomicReference<>();
  private final ReentrantLock looking = new ReentrantLock();
  private final MeiliWatch watch;
  private volatile Condition condition = Condition.UNREACHABLE;
  private volatile @Nullable ProblemException trouble;
  private volatile long generation;
  private volatile boolean prepared;

  /** When the last change that was noticed was made. */
  private long changedAt = -1;

  private int wordsAtBuild;

  private MeiliIndex(MeiliSettings settings) {
    http = new MeiliHttp(settings);
    tasks = new MeiliTasks(http);
    home = new MeiliHome(http, tasks, settings.prefix());
    asking = new MeiliRound.Asking(http, home.current());
    watch = new MeiliWatch(this::look, tasks::areAnyPending);
  }

  /** Opens the index there, or begins one. The server need not answer yet. */
  public static MeiliIndex open(MeiliSettings settings) {
    MeiliIndex index = new MeiliIndex(settings);
    index.look();
    index.watch.start();
    return index;
  }

  /** Looks once how the server is and what has changed; whether it answers. */
  private boolean look() {
    try {
      look(false);
      return true;
    } catch (ProblemException e) {
      if (condition != Condition.UNREACHABLE || trouble == null) {
        LOG.warn("{}; {}", e.problem().message(), e.problem().fix());
      }
      trouble = e;
      condition = Condition.UNREACHABLE;
      return false;
    }
  }

  private void look(boolean evenIfRecent) {
    looking.lock();
    try {
      if (!prepared) {
        home.prepare();
        prepared = true;
      }
      tasks.look();
      notice(evenIfRecent);
      if (trouble != null) {
        LOG.info("the search engine answers again");
        trouble = null;
      }
    } catch (MeiliRound.IndexMissingException _) {
      missing();
    } finally {
      looking.unlock();
    }
  }

  /** Notices what was changed, by whomever, and learns the words of it. */
  private void notice(boolean evenIfRecent) {
    long latest = home.changedAt();
    boolean changed = latest != changedAt || condition == Condition.UNREACHABLE;
    if (changed) {
      Optional<JsonObject> state = home.state();
      wordsAtBuild =
          Math.toIntExact(
              state.orElse(JsonObject.EMPTY).integer(MeiliFields.WORDS_AT_BUILD).orElse(0));
      words.changed();
      changedAt = latest;
      condition = state.isPresent() ? Condition.GOOD : Condition.EMPTIED;
    }
    boolean learnt = words.areStale() && (evenIfRecent || words.areDue());
    if (learnt) {
      words.read(asking);
      text.lexiconChanged();
    }
    if (condition == Condition.GOOD
        && words.known().vocabulary().size() > FEW_WORDS + wordsAtBuild * 13L / 10) {
      condition = Condition.OUTGROWN;
    }
    // even while words are yet to be learnt, odd once they are; the same in every process
    long next = 2 * latest + (words.areStale() ? 0 : 1);
    if (changed || learnt) {
      generation = Math.max(next, generation + 1);
      listeners.forEach(Runnable::run);
    }
  }

  private void missing() {
    LOG.warn("the search engine has lost the index {}; it is begun anew", home.current());
    prepared = false;
    condition = Condition.EMPTIED;
  }

  @Override
  public void put(SearchEntry entry) {
    String document =
        Json.text(json -> json.array(list -> new MeiliDocuments(text).write(list, entry)));
    write(() -> http.post("/indexes/" + home.current() + "/documents", document));
  }

  @Override
  public void delete(UUID id) {
    write(() -> http.delete("/indexes/" + home.current() + "/documents/" + id));
  }

  private void write(Supplier<MeiliHttp.Answer> change) {
    if (!prepared) {
      // a document would begin an index without settings
      look(false);
    }
    tasks.follow(change.get().task());
    watch.wake();
  }

  @Override
  public void flush() {
    settle();
    look(true);
  }

  /** Waits until every change made here so far was made there. */
  void settle() {
    List<MeiliTasks.Failure> failures = tasks.settle(SETTLING);
    if (!failures.isEmpty()) {
      throw MeiliHome.failed(failures.getFirst());
    }
  }

  private <T> T read(Supplier<T> reading) {
    ProblemException down = trouble;
    if (down != null) {
      // nobody waits again for what is known not to answer
      throw down.problem().raise(down);
    }
    try {
      return reading.get();
    } catch (MeiliRound.IndexMissingException e) {
      missing();
      throw new Problem.Unavailable(
              "NC-SEARCH-UNREACHABLE",
              "the search engine has lost its index, which is written anew",
              "wait until /ready names search as true")
          .raise(e);
    }
  }

  @Override
  public SearchResult search(SearchQuery query) {
    return read(() -> new MeiliSearch(asking, words.known(), text, query).run());
  }

  @Override
  public List<String> suggest(String typed, int limit) {
    return read(() -> new MeiliSuggestions(asking, words.known().vocabulary()).of(typed, limit));
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  /** How many entries were visible when changes were last noticed. */
  @Override
  public int size() {
    return words.known().documents();
  }

  @Override
  public Map<UUID, Long> revisions() {
    return read(() -> {
      Map<UUID, Long> revisions = new HashMap<>();
      home.each(
          MeiliFields.REVISION,
          (id, document) ->
              revisions.put(UUID.fromString(id), document.integer(MeiliFields.REVISION).orElse(0)));
      return revisions;
    });
  }

  @Override
  public Condition condition() {
    return condition;
  }

  @Override
  public Rebuild rebuild() {
    if (!prepared) {
      look(false);
    }
    MeiliRebuild rebuild = new MeiliRebuild(this, http, home, tasks);
    if (!rebuilding.compareAndSet(null, rebuild)) {
      throw new Problem.Locked(
              "NC-SEARCH-REBUILD-RUNNING",
              "the search index is already being written anew",
              "wait for it to end")
          .raise();
    }
    return rebuild;
  }

  /** A rebuild is over, whether it came to an end or not. */
  void replaced(MeiliRebuild rebuild) {
    rebuilding.compareAndSet(rebuild, null);
    if (rebuild.isFinished()) {
      look(true);
      home.sweep(Instant.now());
    }
  }

  @Override
  public void close() {
    watch.close();
    http.close();
  }
}
