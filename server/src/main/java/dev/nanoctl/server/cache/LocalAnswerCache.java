package dev.nanoctl.server.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Answers kept in this process's memory, least used ones given up first. */
public final class LocalAnswerCache implements AnswerCache {
  @SuppressWarnings("ArrayRecordComponent") // looked through, never compared
  private record Entry(CachedAnswer answer, int[] shown, long since) {}

  private final Topics topics = new Topics();
  private final Cache<String, Entry> answers;
  private volatile boolean suspended;

  /** A cache of about that many bytes whose answers live no longer than that. */
  public LocalAnswerCache(long bytes, Duration life, Ticker ticker) {
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .<String, Entry>weigher((key, entry) -> key.length() * 2 + entry.answer().weight())
            .expireAfterWrite(life)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Moment now() {
    return new Moment(topics.now(), 0);
  }

  @Override
  public Optional<CachedAnswer> find(String key) {
    if (suspended) {
      return Optional.empty();
    }
    Entry entry = answers.getIfPresent(key);
    return entry != null && topics.unchanged(entry.shown(), entry.since())
        ? Optional.of(entry.answer())
        : Optional.empty();
  }

  @Override
  public void keep(String key, CachedAnswer answer, Collection<String> shows, Moment since) {
    int[] shown = Topics.slots(shows);
    keep(key, answer, shown, since.here());
  }

  /** The same for topics whose slots are known. */
  void keep(String key, CachedAnswer answer, int[] shown, long since) {
    if (!suspended && topics.unchanged(shown, since)) {
      answers.put(key, new Entry(answer, shown, since));
    }
  }

  @Override
  public void changed(String topic) {
    topics.changed(topic);
  }

  @Override
  public void changedAll() {
    topics.changedAll();
  }

  @Override
  public void suspend() {
    suspended = true;
  }

  @Override
  public void resume() {
    suspended = false;
  }

  boolean suspended() {
    return suspended;
  }
}
