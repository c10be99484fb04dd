package dev.nanoctl.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.broadcast.PostgresBroadcast;
import dev.nanoctl.server.testing.FakeClock;
import dev.nanoctl.server.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutboxIT {
  private final FakeClock clock = FakeClock.morning();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private TestDatabase database;
  private Outbox outbox;
  private OutboxDelivery delivery;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    outbox = new Outbox(clock);
    delivery = new OutboxDelivery(database.jdbi(), outbox, clock);
  }

  @AfterEach
  void close() {
    delivery.close();
    database.close();
  }

  private void add(String topic, String key, String what) {
    database
        .jdbi()
        .useTransaction(
            tx -> outbox.add(tx, topic, key, JsonObject.builder().put("what", what).build()));
  }

  private void see(List<Outbox.Entry> entries) {
    entries.forEach(entry -> seen.add(what(entry)));
  }

  private static String what(Outbox.Entry entry) {
    return entry.payload().text("what").orElseThrow();
  }

  @Test
  void whatIsCommittedIsDeliveredInOrderAndOnce() {
    outbox.subscribe("a", this::see);
    outbox.subscribe("b", this::see);
    add("a", "1", "first");
    add("b", "1", "second");
    add("a", "2", "third");
    assertThat(delivery.deliverDue()).isEqualTo(3);
    assertThat(seen).containsExactly("first", "second", "third");
    assertThat(delivery.deliverDue()).isZero();
  }

  @Test
  void whatIsRolledBackNeverWas() {
    outbox.subscribe("a", this::see);
    assertThatThrownBy(() ->
            database
                .jdbi()
                .useTransaction(tx -> {
                  outbox.add(tx, "a", "1", JsonObject.EMPTY);
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");
    assertThat(delivery.deliverDue()).isZero();
  }

  @Test
  void aFailedEntryHoldsBackItsKeyOnlyAndIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    outbox.subscribe(
        "a",
        entries -> {
          for (Outbox.Entry entry : entries) {
            if (what(entry).equals("bad") && tries.incrementAndGet() < 4) {
              throw new IllegalStateException("not yet");
            }
          }
          see(entries);
        });
    add("a", "1", "bad");
    add("a", "1", "after bad");
    add("a", "2", "other");
    delivery.deliverDue();
    assertThat(seen).containsExactly("other");
    delivery.deliverDue();
    assertThat(seen).containsExactly("other");
    clock.advance(Duration.ofMinutes(10));
    delivery.deliverDue();
    clock.advance(Duration.ofMinutes(10));
    delivery.deliverDue();
    assertThat(seen).containsExactly("other", "bad", "after bad");
  }

  @Test
  void aPoisonedEntryIsParkedAndTheRestGoesOn() {
    outbox.subscribe(
        "a",
        entries -> {
          if (entries.stream().anyMatch(entry -> what(entry).equals("poison"))) {
            throw new IllegalStateException("never");
          }
          see(entries);
        });
    add("a", "1", "poison");
    add("a", "1", "after");
    for (int i = 0; i < 12; i++) {
      delivery.deliverDue();
      clock.advance(Duration.ofMinutes(10));
    }
    delivery.deliverDue();
    assertThat(seen).containsExactly("after");
    assertThat(delivery.backlog().parked()).isEqualTo(1);
    assertThat(delivery.backlog().waiting()).isZero();
  }

  @Test
  void onlyOneServerDelivers() {
    outbox.subscribe("a", this::see);
    add("a", "1", "first");
    OutboxDelivery other = new OutboxDelivery(database.jdbi(), outbox, clock);
    outbox.subscribe("a", _ -> assertThat(other.deliverDue()).isZero());
    delivery.deliverDue();
    assertThat(seen).containsExactly("first");
  }

  @Test
  void aSubscribersBrokenStatementSpoilsOnlyItsOwnWork() {
    AtomicInteger tries = new AtomicInteger();
    outbox.subscribe(
        "a",
        entries -> {
          if (tries.incrementAndGet() <= 2) {
            database.jdbi().useHandle(tx -> tx.execute("SELECT 1 / 0"));
          }
          see(entries);
        });
    add("a", "1", "first");
    delivery.deliverDue();
    clock.advance(Duration.ofMinutes(1));
    delivery.deliverDue();
    assertThat(seen).containsExactly("first");
  }

  @Test
  void aServerHearsOfNewEntriesAtOnce() {
    outbox.subscribe("a", this::see);
    try (PostgresBroadcast news = new PostgresBroadcast(database.config())) {
      news.subscribe(delivery);
      news.start();
      delivery.start();
      await().atMost(Duration.ofSeconds(5)).until(() -> listening());
      long begin = System.nanoTime();
      add("a", "1", "first");
      await().pollInterval(Duration.ofMillis(5)).until(() -> !seen.isEmpty());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
  }

  private boolean listening() {
    return database
            .jdbi()
            .withHandle(tx ->
                tx.createQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nanoctl news'"
                            + " AND datname = current_database()")
                    .mapTo(Integer.class)
                    .one())
        > 0;
  }
}
