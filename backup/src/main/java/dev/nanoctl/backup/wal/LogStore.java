package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.wire.TimelineHistory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where log is kept. Safe for several threads at once; what it holds is never changed. */
public interface LogStore {
  /**
   * Keeps a piece of log; it is durable when the call returns. Safe to repeat with the same bytes.
   *
   * @param bytes exactly as many as the range is long
   * @throws IOException when it may not be durable, which may be tried again
   * @throws dev.nanoctl.core.ProblemException when other bytes are kept for this range already
   */
  void put(LogRange range, ByteBuffer bytes) throws IOException;

  /**
   * A piece that was kept.
   *
   * @throws IOException when it cannot be read
   * @throws dev.nanoctl.core.ProblemException when it is missing or damaged
   */
  byte[] get(LogRange range) throws IOException;

  /** The pieces of a lineage as far as the store tells, in any order. */
  List<LogRange> list(UUID lineage) throws IOException;

  /** Keeps how a timeline came about. Safe to repeat. */
  void putHistory(UUID lineage, TimelineHistory history) throws IOException;

  /** How a timeline came about, if that was kept. */
  Optional<TimelineHistory> history(UUID lineage, int timeline) throws IOException;
}
