package dev.nanoctl.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the edge relies on, wherever answers are kept. */
abstract class AnswerCacheContract {
  String key = "";

  @BeforeEach
  void newKey() {
    key = "/api/v1/nanos?page=" + UUID.randomUUID();
  }

  abstract AnswerCache cache();

  /** Tells a cache, as the line to the other servers does, that anything may have changed. */
  void miss(AnswerCache cache) {
    cache.changedAll();
  }

  static CachedAnswer answer(String text) {
    return new CachedAnswer(
        text.getBytes(StandardCharsets.UTF_8), true, "\"tag\"", "public", "nanos");
  }

  Optional<String> found(AnswerCache cache) {
    return cache.find(key).map(kept -> new String(kept.body(), StandardCharsets.UTF_8));
  }

  @Test
  void anAnswerIsFoundUntilWhatItShowsChanges() {
    AnswerCache cache = cache();
    assertThat(found(cache)).isEmpty();
    cache.keep(key, answer("one"), List.of("nanos", "nano:1"), cache.now());
    assertThat(found(cache)).contains("one");
    cache.changed("nano:2");
    assertThat(found(cache)).contains("one");
    cache.changed("nano:1");
    assertThat(found(cache)).isEmpty();
  }

  @Test
  void anAnswerMadeBeforeAChangeIsNotKeptAfterIt() {
    AnswerCache cache = cache();
    AnswerCache.Moment since = cache.now();
    cache.changed("nanos");
    cache.keep(key, answer("old"), List.of("nanos"), since);
    assertThat(found(cache)).isEmpty();
    cache.keep(key, answer("new"), List.of("nanos"), cache.now());
    assertThat(found(cache)).contains("new");
  }

  @Test
  void nothingIsTrueWhenAnythingMayHaveChanged() {
    AnswerCache cache = cache();
    cache.keep(key, answer("one"), List.of("nanos"), cache.now());
    miss(cache);
    assertThat(found(cache)).isEmpty();
  }

  @Test
  void nothingIsUsedWhileNothingIsHeard() {
    AnswerCache cache = cache();
    cache.keep(key, answer("one"), List.of("nanos"), cache.now());
    cache.suspend();
    assertThat(found(cache)).isEmpty();
    cache.resume();
    assertThat(found(cache)).contains("one");
  }

  @Test
  void whatChangesWhileNothingIsHeardIsUntrueAfterwards() {
    AnswerCache cache = cache();
    cache.keep(key, answer("one"), List.of("nanos"), cache.now());
    cache.suspend();
    cache.changed("nanos");
    cache.resume();
    assertThat(found(cache)).isEmpty();
  }
}
