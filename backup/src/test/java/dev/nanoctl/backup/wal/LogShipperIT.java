package dev.nanoctl.backup.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.pg.ShippingThread;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.core.ProblemException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogShipperIT {
  private static final UUID LINEAGE = new UUID(5, 6);
  private static final ShipperSettings SETTINGS =
      new ShipperSettings(LINEAGE, "nanoctl", 256 << 10, Duration.ofMillis(200), 4);

  private static DatabaseIdentity identity(TestPostgres postgres) throws Exception {
    try (var connection = ReplicationConnection.open(postgres.address())) {
      return connection.identify();
    }
  }

  private static LogPosition restart(TestPostgres postgres) throws Exception {
    try (var connection = ReplicationConnection.open(postgres.address())) {
      return connection.slot("nanoctl").orElseThrow().restart();
    }
  }

  private static LogShipper shipper(TestPostgres postgres, LogStore store) {
    return new LogShipper(postgres.address(), SETTINGS, store, InstantSource.system());
  }

  private static LogPosition stored(MemoryLogStore store) {
    List<LogRange> known = store.list(LINEAGE).stream().sorted(LogRange.ORDER).toList();
    return LogChain.from(known.getFirst().start(), known.getFirst().timeline(), known).end();
  }

  @Test
  void committedLogIsDurableWithinSecondsAndIsTheServersOwn() throws Exception {
    var store = new MemoryLogStore();
    try (TestPostgres postgres = TestPostgres.started();
        var thread = new ShippingThread(shipper(postgres, store), Optional.empty())) {
      thread.awaitFlow();
      postgres.sql(
          "CREATE TABLE log AS SELECT n, repeat('x', 300) FROM generate_series(1, 9000) n");
      LogPosition end = identity(postgres).end();
      Instant begin = Instant.now();
      thread.awaitDurable(end);
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
      for (int i = 0; i < 100 && restart(postgres).compareTo(end) < 0; i++) {
        Thread.sleep(50);
      }
      assertThat(restart(postgres)).isGreaterThanOrEqualTo(end);
      compareWithSegment(postgres, store);
    }
  }

  private static void compareWithSegment(TestPostgres postgres, MemoryLogStore store)
      throws Exception {
    List<LogRange> ranges = store.list(LINEAGE).stream().sorted(LogRange.ORDER).toList();
    assertThat(ranges.getFirst().start().value() % (16 << 20)).isZero();
    for (LogRange range : ranges) {
      long segment = range.start().value() >>> 24;
      var file = postgres.data().resolve("pg_wal/%08X%08X%08X".formatted(1, 0, segment));
      int offset = (int) (range.start().value() & 0xFF_FFFF);
      byte[] theirs = Files.readAllBytes(file);
      int length = Math.min(range.length(), theirs.length - offset);
      assertThat(Arrays.copyOf(store.get(range), length))
          .isEqualTo(Arrays.copyOfRange(theirs, offset, offset + length));
    }
  }

  @Test
  void theSlotIsNotMovedPastLogThatIsNotDurable() throws Exception {
    var store = new MemoryLogStore();
    try (TestPostgres postgres = TestPostgres.started();
        var thread = new ShippingThread(shipper(postgres, store), Optional.empty())) {
      thread.awaitFlow();
      thread.awaitDurable(identity(postgres).end());
      store.down(true);
      LogPosition before = identity(postgres).end();
      postgres.sql(
          "CREATE TABLE log AS SELECT n, repeat('x', 300) FROM generate_series(1, 9000) n");
      postgres.sql("SELECT pg_switch_wal()");
      postgres.sql("CHECKPOINT");
      int attempts = store.attempts();
      while (store.attempts() < attempts + 6) {
        Thread.sleep(50);
      }
      Thread.sleep(500);
      assertThat(restart(postgres)).isLessThanOrEqualTo(before);
      assertThat(restart(postgres)).isLessThanOrEqualTo(stored(store));
      ShipperStatus status = thread.shipper().status().orElseThrow();
      assertThat(status.failures()).isPositive();
      assertThat(status.lastFailure()).contains("503");
      assertThat(status.lag()).isPositive();
      store.down(false);
      LogPosition end = identity(postgres).end();
      thread.awaitDurable(end);
      assertThat(stored(store)).isGreaterThanOrEqualTo(end);
      assertThat(thread.shipper().status().orElseThrow().failures()).isZero();
    }
  }

  @Test
  void whatIsLeftByAKilledShipperIsTakenUpWithoutAHole() throws Exception {
    var store = new MemoryLogStore();
    try (TestPostgres postgres = TestPostgres.started()) {
      long system = identity(postgres).systemId();
      for (int round = 0; round < 3; round++) {
        var archived = LogShipper.archived(store, SETTINGS, system);
        try (var thread = new ShippingThread(shipper(postgres, store), archived)) {
          thread.awaitFlow();
          postgres.sql(
              "CREATE TABLE log%d AS SELECT n, repeat('x', 300) FROM generate_series(1, 9000) n"
                  .formatted(round));
        }
        awaitFree(postgres);
      }
      var archived = LogShipper.archived(store, SETTINGS, system);
      try (var thread = new ShippingThread(shipper(postgres, store), archived)) {
        LogPosition end = identity(postgres).end();
        thread.awaitDurable(end);
        assertThat(stored(store)).isGreaterThanOrEqualTo(end);
      }
    }
  }

  /** The server takes a moment to see that a connection is gone. */
  private static void awaitFree(TestPostgres postgres) throws Exception {
    String busy = "SELECT count(*) FROM pg_replication_slots WHERE active";
    while (!postgres.sql(busy).equals(List.of(List.of("0")))) {
      Thread.sleep(20);
    }
  }

  @Test
  void logTheServerNoLongerHasIsAGapThatIsToldOf() throws Exception {
    var store = new MemoryLogStore();
    try (TestPostgres postgres =
        TestPostgres.started("max_slot_wal_keep_size=16MB", "max_wal_size=32MB")) {
      long system = identity(postgres).systemId();
      try (var thread = new ShippingThread(shipper(postgres, store), Optional.empty())) {
        thread.awaitFlow();
        thread.awaitDurable(identity(postgres).end());
      }
      for (int i = 0; i < 6; i++) {
        postgres.sql("CREATE TABLE g" + i + " AS SELECT 1; SELECT pg_switch_wal()");
        postgres.sql("CHECKPOINT");
      }
      var archived = LogShipper.archived(store, SETTINGS, system);
      assertThatThrownBy(() -> shipper(postgres, store).run(archived))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo("NC-BACKUP-WAL-GONE"));
    }
  }

  @Test
  void aServerThatWasSetBackEndsTheLineage() throws Exception {
    try (TestPostgres postgres = TestPostgres.started()) {
      DatabaseIdentity identity = identity(postgres);
      var ahead =
          new Resumption.Archived(
              identity.systemId(), 1, new LogPosition(identity.end().value() + (32 << 20)));
      assertThatThrownBy(() -> shipper(postgres, new MemoryLogStore()).run(Optional.of(ahead)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo("NC-BACKUP-LINEAGE"));
    }
  }
}
