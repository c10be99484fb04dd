package dev.nanoctl.server.search.meili;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.server.search.SampleNanos;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.SearchIndex.Condition;
import dev.nanoctl.server.search.SearchQuery;
import dev.nanoctl.server.search.SearchQuery.Filters;
import dev.nanoctl.server.search.SearchQuery.Sort;
import dev.nanoctl.server.search.SearchResult;
import dev.nanoctl.server.search.meili.fake.FakeMeili;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the index does when the server fails it, and how several processes share one. */
final class MeiliOutageIT {
  private static final String KEY = "a-master-key-of-tests";

  private FakeMeili server = FakeMeili.start(KEY);

  @AfterEach
  void stop() {
    server.close();
  }

  private MeiliIndex open() {
    return MeiliIndex.open(settings(KEY));
  }

  private MeiliSettings settings(String key) {
    return MeiliSettings.of(server.url(), new Secret(key)).withPatience(Duration.ofMillis(400));
  }

  private static SearchResult find(SearchIndex index, String text) {
    return index.search(new SearchQuery(text, Filters.NONE, Sort.RELEVANCE, 1, 20));
  }

  private static void rebuild(SearchIndex index, int count) {
    try (SearchIndex.Rebuild rebuild = index.rebuild()) {
      for (int i = 1; i <= count; i++) {
        rebuild.put(SampleNanos.german(i, "Tabellen Nummer" + i, ""));
      }
      rebuild.finish();
    }
  }

  private static void failsWith(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  private static void soon(org.awaitility.core.ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(ProblemException.class)
        .untilAsserted(assertion);
  }

  @Test
  void whileTheServerIsDownEverythingFailsAtOnceAndAfterwardsWorksAgain() {
    try (MeiliIndex index = open()) {
      rebuild(index, 3);
      int port = server.url().getPort();
      server.close();
      soon(() -> assertThat(index.condition()).isEqualTo(Condition.UNREACHABLE));
      failsWith("NC-SEARCH-UNREACHABLE", () -> find(index, "Tabellen"));
      failsWith("NC-SEARCH-UNREACHABLE", () -> index.suggest("Tab", 5));
      failsWith("NC-SEARCH-UNREACHABLE", () -> index.put(SampleNanos.german(9, "Neu", "")));
      assertThat(index.size()).isEqualTo(3);
      server = FakeMeili.start(port, KEY);
      // it came back without its disk
      soon(() -> assertThat(index.condition()).isEqualTo(Condition.EMPTIED));
      rebuild(index, 4);
      assertThat(index.condition()).isEqualTo(Condition.GOOD);
      assertThat(find(index, "Tabellen").total()).isEqualTo(4);
    }
  }

  @Test
  void anIndexOpensBeforeItsServer() {
    int port = server.url().getPort();
    MeiliSettings settings = settings(KEY);
    server.close();
    try (MeiliIndex index = MeiliIndex.open(settings)) {
      assertThat(index.condition()).isEqualTo(Condition.UNREACHABLE);
      failsWith("NC-SEARCH-UNREACHABLE", () -> index.put(SampleNanos.german(1, "Neu", "")));
      server = FakeMeili.start(port, KEY);
      soon(() -> assertThat(index.condition()).isEqualTo(Condition.EMPTIED));
      index.put(SampleNanos.german(1, "Neu", ""));
      index.flush();
      assertThat(find(index, "neu").total()).isEqualTo(1);
    }
  }

  @Test
  void aWrongKeyIsSaidToBeOneAndNeverShown() {
    try (MeiliIndex index = MeiliIndex.open(settings("not-the-key-of-it"))) {
      assertThat(index.condition()).isEqualTo(Condition.UNREACHABLE);
      failsWith("NC-SEARCH-KEY-REFUSED", () -> find(index, "x"));
      assertThatThrownBy(() -> find(index, "x")).hasMessageNotContaining("not-the-key-of-it");
    }
  }

  @Test
  void noSearchAndNoChangeFailsWhileTheServersKeyIsChanged() throws InterruptedException {
    var failures = new ConcurrentLinkedQueue<String>();
    var going = new AtomicBoolean(true);
    var asked = new AtomicInteger();
    try (MeiliIndex index = MeiliIndex.open(settings("the-new-key\n" + KEY))) {
      rebuild(index, 3);
      Runnable asking =
          () -> {
            while (going.get()) {
              try {
                assertThat(find(index, "Tabellen").total()).isEqualTo(3);
                index.put(SampleNanos.german(9, "Leuchtturm", ""));
                asked.incrementAndGet();
              } catch (ProblemException | AssertionError e) {
                failures.add(e.toString());
              }
            }
          };
      List<Thread> people =
          Stream.generate(() -> Thread.ofVirtual().start(asking)).limit(4).toList();
      Thread.sleep(200);
      server.close();
      Thread.sleep(1_000);
      server = server.startAgain("the-new-key");
      int before = asked.get();
      soon(() -> assertThat(asked.get()).isGreaterThan(before + 20));
      going.set(false);
      for (Thread one : people) {
        one.join();
      }
      assertThat(failures).isEmpty();

      // with one key left, nobody waits for a server that is down
      server.close();
      soon(() -> assertThat(index.condition()).isEqualTo(Condition.UNREACHABLE));
      failsWith("NC-SEARCH-UNREACHABLE", () -> find(index, "Tabellen"));
    }
  }

  @Test
  void anErrorOfTheServerAndALongSilenceAreOutages() {
    try (MeiliIndex index = open()) {
      rebuild(index, 2);
      server.outage(502);
      soon(() -> failsWith("NC-SEARCH-UNREACHABLE", () -> find(index, "Tabellen")));
      server.outage(0);
      soon(() -> assertThat(find(index, "Tabellen").total()).isEqualTo(2));
      server.slowAnswers(Duration.ofSeconds(2));
      long begin = System.nanoTime();
      failsWith("NC-SEARCH-UNREACHABLE", () -> find(index, "Tabellen"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
      server.slowAnswers(Duration.ZERO);
      soon(() -> assertThat(find(index, "Tabellen").total()).isEqualTo(2));
      assertThat(index.condition()).isEqualTo(Condition.GOOD);
    }
  }

  @Test
  void slowIndexingHoldsNobodyUp() {
    try (MeiliIndex index = open()) {
      rebuild(index, 2);
      server.slowTasks(Duration.ofMillis(600));
      long begin = System.nanoTime();
      for (int i = 10; i < 30; i++) {
        index.put(SampleNanos.german(i, "Tabellen Nummer" + i, ""));
      }
      assertThat(find(index, "Tabellen").total()).isEqualTo(2);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(600));
      index.flush();
      assertThat(find(index, "Tabellen").total()).isEqualTo(22);
    }
  }

  @Test
  void aChangeThatFailsAfterItWasAcceptedIsReported() {
    try (MeiliIndex index = open()) {
      rebuild(index, 2);
      server.failNextWrites(1);
      index.put(SampleNanos.german(7, "Geht verloren", ""));
      failsWith("NC-SEARCH-TASK-FAILED", index::flush);
      assertThat(index.revisions()).doesNotContainKey(SampleNanos.id(7));
      index.put(SampleNanos.german(7, "Geht verloren", ""));
      index.flush();
      assertThat(index.revisions()).containsKey(SampleNanos.id(7));
    }
  }

  @Test
  void aRebuildThatFailsLeavesTheOldIndexInPlace() {
    try (MeiliIndex index = open()) {
      rebuild(index, 2);
      server.failNextWrites(1);
      failsWith("NC-SEARCH-TASK-FAILED", () -> rebuild(index, 5));
      assertThat(find(index, "Tabellen").total()).isEqualTo(2);
      rebuild(index, 5);
      assertThat(find(index, "Tabellen").total()).isEqualTo(5);
    }
  }

  @Test
  void everyProcessNoticesWhatAnotherOneChanges() {
    try (MeiliIndex one = open();
        MeiliIndex other = open()) {
      rebuild(one, 2);
      soon(() -> assertThat(other.condition()).isEqualTo(Condition.GOOD));
      soon(() -> assertThat(other.generation()).isEqualTo(one.generation()));
      AtomicInteger heard = new AtomicInteger();
      other.whenChanged(heard::incrementAndGet);
      long before = other.generation();
      one.put(SampleNanos.german(9, "Gezeitenkalender lesen", ""));
      one.flush();
      assertThat(find(other, "Gezeitenkalender").total()).isEqualTo(1);
      soon(() -> assertThat(other.generation()).isEqualTo(one.generation()).isGreaterThan(before));
      assertThat(heard.get()).isPositive();
      // and knows its words
      soon(() -> assertThat(find(other, "Gezeitnkalender").total()).isEqualTo(1));
    }
  }

  @Test
  void aRebuildKeepsWhatAnotherProcessChangesMeanwhile() {
    try (MeiliIndex one = open();
        MeiliIndex other = open()) {
      rebuild(one, 3);
      try (SearchIndex.Rebuild rebuild = one.rebuild()) {
        for (int i = 1; i <= 3; i++) {
          rebuild.put(SampleNanos.german(i, "Tabellen Nummer" + i, ""));
        }
        other.put(SampleNanos.german(2, "Leuchtturm besuchen", ""));
        other.put(SampleNanos.german(5, "Leuchtturm bauen", ""));
        other.delete(SampleNanos.id(1));
        other.flush();
        rebuild.finish();
      }
      assertThat(find(one, "Leuchtturm").total()).isEqualTo(2);
      assertThat(find(one, "Tabellen").total()).isEqualTo(1);
      assertThat(one.revisions())
          .containsOnlyKeys(SampleNanos.id(2), SampleNanos.id(3), SampleNanos.id(5));
    }
  }

  @Test
  void twoSitesShareAServer() {
    try (MeiliIndex one = MeiliIndex.open(settings(KEY).withPrefix("first"));
        MeiliIndex other = MeiliIndex.open(settings(KEY).withPrefix("second"))) {
      rebuild(one, 3);
      rebuild(other, 1);
      assertThat(find(one, "Tabellen").total()).isEqualTo(3);
      assertThat(find(other, "Tabellen").total()).isEqualTo(1);
    }
  }

  @Test
  void allRevisionsAreReadHoweverManyThereAre() {
    try (MeiliIndex index = MeiliIndex.open(MeiliSettings.of(server.url(), new Secret(KEY)))) {
      rebuild(index, 2_100);
      assertThat(index.revisions()).hasSize(2_100);
      assertThat(index.size()).isEqualTo(2_100);
    }
  }

  @Test
  void pagesBehindTheBestHundredMissNothing() {
    try (MeiliIndex index = open()) {
      rebuild(index, 260);
      java.util.Set<java.util.UUID> seen = new java.util.HashSet<>();
      for (int page = 1; page <= 9; page++) {
        index
            .search(new SearchQuery("Tabellen", Filters.NONE, Sort.RELEVANCE, page, 30))
            .hits()
            .forEach(hit -> assertThat(seen.add(hit.id())).isTrue());
      }
      assertThat(seen).hasSize(260);
    }
  }
}
