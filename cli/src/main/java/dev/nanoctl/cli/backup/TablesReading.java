package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.logical.LogicalBackup;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.cli.command.Backups.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Reads the tables of a database that somebody else runs; no log belongs to them. */
final class TablesReading implements DatabaseReading {
  /** What stands for the log of a backup that has none. */
  static final UUID NO_LOG = new UUID(0, 0);

  private final DatabaseAddress database;
  private final InstantSource clock;
  private final Map<String, String> facts = new TreeMap<>();

  TablesReading(Instance instance, InstantSource clock) {
    this.database = instance.database();
    this.clock = clock;
  }

  @Override
  public void await(Progress progress) {}

  @Override
  public UUID lineage() {
    return NO_LOG;
  }

  /** The heartbeat is committed first: a restored database is known by it. */
  @Override
  public Taken read(BlockSink sink, LongConsumer progress)
      throws IOException, InterruptedException {
    try {
      facts.put(SiteFacts.HEARTBEAT, Long.toString(SiteFacts.beat(database)));
    } catch (SQLException e) {
      throw SiteFacts.unanswered(e);
    }
    Instant at = clock.instant();
    facts.putAll(new LogicalBackup(database::connect, clock, progress).run(sink).facts());
    return new Taken(at, Optional.empty());
  }

  @Override
  public Map<String, String> facts() {
    return new TreeMap<>(facts);
  }

  @Override
  public void requireDurable(SealedLog log, DatabaseCut cut) {
    throw new IllegalStateException("tables have no log");
  }
}
