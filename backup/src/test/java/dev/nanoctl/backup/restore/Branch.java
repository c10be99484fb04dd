package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.base.ClusterBackup;
import dev.nanoctl.backup.base.FolderSink;
import dev.nanoctl.backup.pg.ShippingThread;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wal.MemoryLogStore;
import dev.nanoctl.backup.wal.ShipperSettings;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.TimelineHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * One history of a cluster: a server that ships its log as a lineage of its own, and the base
 * backup it began with.
 */
final class Branch implements AutoCloseable {
  private final TestPostgres postgres;
  private final ShippingThread thread;
  private final UUID lineage;
  private final MemoryLogStore store;
  private final FolderSource snapshot;
  private final TimelineHistory history;

  private Branch(TestPostgres postgres, UUID lineage, MemoryLogStore store, Path folder)
      throws Exception {
    this.postgres = postgres;
    this.lineage = lineage;
    this.store = store;
    this.thread = new ShippingThread(shipper(postgres, lineage, store), Optional.empty());
    thread.awaitFlow();
    var sink = new FolderSink(folder);
    DatabaseCut cut =
        new ClusterBackup(postgres.address(), InstantSource.system(), _ -> {})
            .run(lineage, true, sink);
    this.snapshot = new FolderSource(folder, sink.entries(), cut);
    try (var connection = ReplicationConnection.open(postgres.address())) {
      this.history = connection.history(cut.timeline());
    }
  }

  /** Begins a lineage with the slot, the log and a backup of that server. */
  static Branch begin(TestPostgres postgres, MemoryLogStore store, Path folder) throws Exception {
    return new Branch(postgres, UUID.randomUUID(), store, folder);
  }

  static LogShipper shipper(TestPostgres postgres, UUID lineage, MemoryLogStore store) {
    return new LogShipper(
        postgres.address(),
        new ShipperSettings(lineage, "nanoctl", 256 << 10, Duration.ofMillis(50), 4),
        store,
        InstantSource.system());
  }

  TestPostgres postgres() {
    return postgres;
  }

  UUID lineage() {
    return lineage;
  }

  FolderSource snapshot() {
    return snapshot;
  }

  /** Waits until all that was committed is in the store, and says where that is. */
  LogPosition shipped() throws Exception {
    LogPosition end = position();
    thread.awaitDurable(end);
    return end;
  }

  LogPosition position() throws Exception {
    try (var connection = ReplicationConnection.open(postgres.address())) {
      return connection.identify().end();
    }
  }

  /** Another server, restored from this branch's backup and log, that has been opened. */
  TestPostgres restored(RestoreTarget target) throws Exception {
    TestPostgres other = TestPostgres.empty();
    try {
      RestorePlan plan = RestorePlan.of(snapshot.cut(), history, store.list(lineage), target);
      new ClusterRestore(snapshot, store, 16).write(plan, other.data());
      other.start();
      for (int i = 0; i < 400 && !other.primary(); i++) {
        Thread.sleep(25);
      }
      RestoreCheck.require(plan, snapshot.cut().systemId(), other.address());
      return other;
    } catch (Exception e) {
      other.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    thread.close();
    postgres.close();
  }
}
