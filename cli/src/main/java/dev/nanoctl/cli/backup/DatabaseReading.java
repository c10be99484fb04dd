package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.cli.command.Backups.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Reads the database of an instance into a backup, in one way; for one backup. */
interface DatabaseReading {
  /**
   * What came of reading.
   *
   * @param at the moment it is of
   * @param cut where its log was cut; empty where there is none
   */
  record Taken(Instant at, Optional<DatabaseCut> cut) {}

  /** Waits until a backup can begin. */
  void await(Progress progress) throws InterruptedException;

  /** Which log belongs to the backup. */
  UUID lineage();

  /** Reads all of it. */
  Taken read(BlockSink sink, LongConsumer progress) throws IOException, InterruptedException;

  /** What a drill compares with, after all was read. */
  Map<String, String> facts() throws SQLException;

  /** Returns when the log that the cut needs can be read from the repository. */
  void requireDurable(SealedLog log, DatabaseCut cut) throws IOException;
}
