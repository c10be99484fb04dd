package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Vocabulary;
import dev.nanoctl.server.search.weigh.EntryKeys;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new index beside the current one on the server. What any process changes in the current one
 * meanwhile shows in the stamps of its entries and is copied before the two are swapped. Its
 * methods are for one thread.
 */
final class MeiliRebuild implements SearchIndex.Rebuild {
  private static final Logger LOG = LoggerFactory.getLogger(MeiliRebuild.class);
  private static final int MOST_CHARACTERS = 4 << 20;
  private static final int MOST_IN_FLIGHT = 4;
  private static final int COPIED_AT_ONCE = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final MeiliIndex index;
  private final MeiliHttp http;
  private final MeiliHome home;
  private final MeiliTasks tasks;
  private final Map<String, String> before;
  private final Vocabulary.Builder learning = new Vocabulary.Builder();
  private final StringBuilder batch = new StringBuilder();
  private final Deque<Integer> inFlight = new ArrayDeque<>();
  private @Nullable Vocabulary learnt;
  private @Nullable MeiliDocuments documents;
  private boolean ended;
  private boolean finished;

  MeiliRebuild(MeiliIndex index, MeiliHttp http, MeiliHome home, MeiliTasks tasks) {
    this.index = index;
    this.http = http;
    this.home = home;
    this.tasks = tasks;
    http.delete("/indexes/" + home.next());
    home.create(home.next());
    before = home.stamps();
  }

  @Override
  public void learn(SearchEntry entry) {
    EntryKeys.words(entry, (folded, _) -> learning.add(folded, 1));
  }

  @Override
  public void put(SearchEntry entry) {
    MeiliDocuments known = documents;
    if (known == null) {
      known = new MeiliDocuments(new GermanText(words()));
      documents = known;
    }
    MeiliDocuments writer = known;
    add(Json.text(json -> writer.write(json, entry)));
  }

  private Vocabulary words() {
    Vocabulary known = learnt;
    if (known == null) {
      known = learning.build();
      learnt = known;
    }
    return known;
  }

  private void add(String document) {
    batch.append(batch.isEmpty() ? '[' : ',').append(document);
    if (batch.length() > MOST_CHARACTERS) {
      send();
    }
  }

  private void send() {
    if (!batch.isEmpty()) {
      String body = batch.append(']').toString();
      batch.setLength(0);
      sent(http.post("/indexes/" + home.next() + "/documents", body).task());
    }
  }

  private void sent(int task) {
    inFlight.add(task);
    if (inFlight.size() > MOST_IN_FLIGHT) {
      landed(inFlight.remove());
    }
  }

  private void landed(int task) {
    tasks
        .await(task, PATIENCE)
        .ifPresent(failure -> {
          throw MeiliHome.failed(failure);
        });
  }

  private void land() {
    send();
    while (!inFlight.isEmpty()) {
      landed(inFlight.remove());
    }
  }

  @Override
  public void finish() {
    int known = words().size();
    add(
        Json.text(json ->
            json.object(state -> {
              state.field(MeiliFields.ID, MeiliFields.STATE);
              state.field(MeiliFields.WORDS_AT_BUILD, known);
            })));
    land();
    index.settle();
    copyMeanwhile();
    land();
    home.swap();
    finished = true;
    ended = true;
    index.replaced(this);
  }

  /** Whether the new index is in the place of the old one. */
  boolean isFinished() {
    return finished;
  }

  /** Repeats in the new index what happened to the one in use. */
  private void copyMeanwhile() {
    Map<String, String> now = home.stamps();
    List<String> changed = new ArrayList<>();
    now.forEach((id, stamp) -> {
      if (!stamp.equals(before.get(id))) {
        changed.add(id);
      }
    });
    for (int at = 0; at < changed.size(); at += COPIED_AT_ONCE) {
      List<String> ids = changed.subList(at, Math.min(changed.size(), at + COPIED_AT_ONCE));
      home.documents(ids).forEach(document -> add(Json.text(document)));
    }
    Map<String, String> gone = new HashMap<>(before);
    gone.keySet().removeAll(now.keySet());
    if (!gone.isEmpty()) {
      // what was on no page because pages moved while they were read is still there
      home.documents(List.copyOf(gone.keySet())).stream()
          .map(document -> document.text(MeiliFields.ID).orElseThrow())
          .forEach(gone::remove);
      send();
      String ids = Json.text(JsonArray.ofTexts(gone.keySet()));
      sent(http.post("/indexes/" + home.next() + "/documents/delete-batch", ids).task());
    }
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      index.replaced(this);
      try {
        http.delete("/indexes/" + home.next());
      } catch (RuntimeException e) {
        LOG.warn("a search index that was not finished could not be deleted: {}", e.toString());
      }
    }
  }
}
