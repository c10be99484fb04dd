package dev.nanoctl.bench.backup;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wire.PostgresConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/** How long an acknowledged commit takes to be in the repository. */
final class Durability {
  private static final Duration PERIOD = Duration.ofMillis(50);
  private static final long LOOK = 2_000_000;

  private record Commit(long acknowledged, LogPosition end) {}

  private final ServerAddress address;
  private final LogShipper shipper;
  private final Queue<Commit> waiting = new ArrayDeque<>();
  private final List<Long> took = new ArrayList<>();

  Durability(ServerAddress address, LogShipper shipper) {
    this.address = address;
    this.shipper = shipper;
  }

  /**
   * Commits twenty times a second for that long.
   *
   * @return median, 99th percentile and longest time, in milliseconds
   */
  String measure(int seconds) throws IOException {
    try (PostgresConnection client = PostgresConnection.open(address, "postgres")) {
      client.query("CREATE TABLE IF NOT EXISTS durable (at timestamptz NOT NULL)");
      while (shipper.status().isEmpty()) {
        LockSupport.parkNanos(LOOK);
      }
      int commits = (int) (seconds * Duration.ofSeconds(1).dividedBy(PERIOD));
      long next = System.nanoTime();
      for (int made = 0; made < commits || !waiting.isEmpty(); look()) {
        if (made < commits && System.nanoTime() >= next) {
          waiting.add(commit(client));
          made++;
          next += PERIOD.toNanos();
        }
      }
    }
    took.sort(null);
    return "%d %d %d".formatted(percentile(50), percentile(99), took.getLast());
  }

  private static Commit commit(PostgresConnection client) throws IOException {
    client.query("INSERT INTO durable VALUES (now())");
    long acknowledged = System.nanoTime();
    String end = client.query("SELECT pg_current_wal_insert_lsn()").getFirst().getFirst();
    return new Commit(acknowledged, LogPosition.parse(end));
  }

  private void look() {
    LogPosition durable = shipper.status().orElseThrow().durable();
    while (!waiting.isEmpty() && waiting.peek().end().compareTo(durable) <= 0) {
      took.add((System.nanoTime() - waiting.remove().acknowledged()) / 1_000_000);
    }
    LockSupport.parkNanos(LOOK);
  }

  private long percentile(int percent) {
    return took.get(Math.min(took.size() - 1, took.size() * percent / 100));
  }
}
