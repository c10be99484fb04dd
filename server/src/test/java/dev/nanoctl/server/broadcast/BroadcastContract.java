package dev.nanoctl.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.server.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What servers of a site rely on, however they tell each other. */
abstract class BroadcastContract {
  /** Writes down what it hears. */
  static final class Ear implements Broadcast.Reader {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger missed = new AtomicInteger();
    final AtomicInteger deaf = new AtomicInteger();

    @Override
    public void heard(String news) {
      heard.add(news);
    }

    @Override
    public void missed() {
      missed.incrementAndGet();
    }

    @Override
    public void deaf() {
      deaf.incrementAndGet();
    }
  }

  abstract TestDatabase database();

  /** A server's, not started yet; the test closes it. */
  abstract Broadcast server();

  /** A tool's. */
  abstract Broadcast tool();

  Broadcast listening(Ear ear) {
    Broadcast broadcast = server();
    broadcast.subscribe(ear);
    broadcast.start();
    await().atMost(Duration.ofSeconds(10)).until(broadcast::hears);
    return broadcast;
  }

  void announce(Broadcast from, String... topics) {
    database().jdbi().useTransaction(tx -> from.announce(tx, List.of(topics), () -> {}));
  }

  static void awaitHeard(Ear ear, String... topics) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(ear.heard).containsExactly(topics));
  }

  @Test
  void othersHearInOrderAndTheSenderDoesNot() throws Exception {
    Ear here = new Ear();
    Ear there = new Ear();
    try (Broadcast one = listening(here);
        Broadcast other = listening(there)) {
      assertThat(other.hears()).isTrue();
      String[] topics = IntStream.range(0, 200).mapToObj(i -> "nano:" + i).toArray(String[]::new);
      for (int i = 0; i < 200; i += 2) {
        announce(one, topics[i], topics[i + 1]);
      }
      awaitHeard(there, topics);
      assertThat(here.heard).isEmpty();
    }
  }

  @Test
  void nothingIsHeardOfWhatIsRolledBack() throws Exception {
    Ear there = new Ear();
    AtomicInteger committed = new AtomicInteger();
    try (Broadcast one = listening(new Ear());
        Broadcast other = listening(there)) {
      assertThat(other.hears()).isTrue();
      assertThatThrownBy(() ->
              database()
                  .jdbi()
                  .useTransaction(tx -> {
                    one.announce(tx, List.of("lost"), committed::incrementAndGet);
                    throw new IllegalStateException("no");
                  }))
          .hasMessage("no");
      announce(one, "kept");
      awaitHeard(there, "kept");
      assertThat(committed).hasValue(0);
    }
  }

  @Test
  void theSenderActsOnceAfterTheCommit() throws Exception {
    AtomicInteger committed = new AtomicInteger();
    try (Broadcast one = listening(new Ear())) {
      database()
          .jdbi()
          .useTransaction(tx -> {
            one.announce(tx, List.of("a", "b"), committed::incrementAndGet);
            assertThat(committed).hasValue(0);
          });
      assertThat(committed).hasValue(1);
    }
  }

  @Test
  void whoBeginsToListenIsToldThatItMayHaveMissedSomething() throws Exception {
    Ear ear = new Ear();
    try (Broadcast one = listening(ear)) {
      assertThat(one.hears()).isTrue();
      assertThat(ear.missed).hasValue(1);
    }
  }

  @Test
  void toolsAreHeard() throws Exception {
    Ear ear = new Ear();
    try (Broadcast one = listening(ear);
        Broadcast tool = tool()) {
      assertThat(one.hears()).isTrue();
      announce(tool, "nano:1", "nanos");
      awaitHeard(ear, "nano:1", "nanos");
    }
  }
}
