package dev.nanoctl.backup.crash;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.wire.PostgresConnection;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What clients committed and were told, kept on their side. */
final class Ledger {
  /**
   * One commit that was acknowledged to its client.
   *
   * @param before the end of the log before it began
   * @param after the end of the log after it was acknowledged
   * @param began by the clock of the machine, before it began
   * @param ended after it was acknowledged
   */
  record Commit(long id, LogPosition before, LogPosition after, Instant began, Instant ended) {}

  private final TestPostgres postgres;
  private final Queue<Commit> commits = new ConcurrentLinkedQueue<>();
  private final AtomicLong next = new AtomicLong();

  Ledger(TestPostgres postgres) throws IOException {
    this.postgres = postgres;
    postgres.sql("CREATE TABLE ledger (id bigint PRIMARY KEY, filling text)");
  }

  /** Every acknowledged commit so far. */
  List<Commit> commits() {
    return List.copyOf(commits);
  }

  /** Commits until told to stop; connects again when the server went away. */
  Thread client(AtomicBoolean stop) {
    return Thread.ofPlatform()
        .start(() -> {
          while (!stop.get()) {
            try (PostgresConnection connection =
                PostgresConnection.open(postgres.address(), "postgres")) {
              while (!stop.get()) {
                commit(connection);
              }
            } catch (IOException e) {
              pause(); // it was killed: what was not acknowledged may or may not be there
            }
          }
        });
  }

  private void commit(PostgresConnection connection) throws IOException {
    long id = next.incrementAndGet();
    LogPosition before = end(connection);
    Instant began = Instant.now();
    connection.query(
        "INSERT INTO ledger VALUES (%d, repeat('x', %d))".formatted(id, 20 + id % 700));
    Instant ended = Instant.now();
    commits.add(new Commit(id, before, end(connection), began, ended));
  }

  private static LogPosition end(PostgresConnection connection) throws IOException {
    return LogPosition.parse(
        connection.query("SELECT pg_current_wal_insert_lsn()").getFirst().getFirst());
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
