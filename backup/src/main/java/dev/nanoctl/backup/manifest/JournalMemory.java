package dev.nanoctl.backup.manifest;

import java.io.IOException;
import java.util.Optional;

/** Remembers on this machine how far a repository's journal was, so that it cannot be set back. */
public interface JournalMemory {
  /**
   * The last entry that was seen.
   *
   * @param number of the entry
   * @param sha256 of the entry as it is stored
   */
  record Head(long number, String sha256) {}

  /** The head; empty on a machine that never saw this repository. */
  Optional<Head> load() throws IOException;

  /** Remembers a head; durable when the call returns. */
  void save(Head head) throws IOException;
}
