package dev.nanoctl.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot being written. Nothing of it can be seen by others before {@link #publish}; closing it
 * earlier leaves only packs that garbage collection removes later.
 */
public interface SnapshotWriter extends AutoCloseable {
  /** Proves that the write-ahead log of a cut is in the repository. */
  @FunctionalInterface
  interface LogCheck {
    /** Returns when the log from the cut's start to its stop is durable; throws if it is not. */
    void requireDurable(DatabaseCut cut) throws IOException;
  }

  /**
   * How a snapshot ends.
   *
   * @param cut the time everything was cut to
   * @param database the database's part; empty if there is none
   * @param log is asked after the packs are durable and before the manifest is written
   * @param facts what a drill checks after a restore
   */
  record Finish(
      Instant cut, Optional<DatabaseCut> database, LogCheck log, Map<String, String> facts) {}

  /** Takes the files of a part. Finish one part before asking for the next. */
  BlockSink sink(Part part);

  /**
   * Takes a file over from the parent snapshot without reading it, if the parent has it under the
   * same path with this digest and size.
   *
   * @return whether it was there; if not, write it
   */
  boolean reuse(Part part, SourceFile file, String sha256) throws IOException;

  /** Packs, log, manifest, head, in this order; each is read back before the next is written. */
  SnapshotManifest publish(Finish finish) throws IOException;

  @Override
  void close();
}
