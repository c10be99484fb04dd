package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.Part;
import java.util.concurrent.Executor;

/**
 * How snapshots are written.
 *
 * @param databaseBlock size of the blocks of database files in bytes
 * @param uploads sends a pack while the next is filled
 */
public record SnapshotSettings(int databaseBlock, Executor uploads) {
  private static final int SMALL = 8 * 1024;
  private static final int LARGE = 16 * 1024;
  private static final int OTHER = 256 * 1024;
  private static final long MANY = 100L << 30;

  /** Fit for a database of that size in bytes: blocks of 8 KiB, above 100 GiB of 16 KiB. */
  public static SnapshotSettings forDatabase(long size, Executor uploads) {
    return new SnapshotSettings(size > MANY ? LARGE : SMALL, uploads);
  }

  /** The size of the blocks of a part's files in bytes. */
  int block(Part part) {
    return part == Part.DATABASE ? databaseBlock : OTHER;
  }
}
