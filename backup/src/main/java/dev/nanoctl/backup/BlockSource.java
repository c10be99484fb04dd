package dev.nanoctl.backup;

import java.io.IOException;

/** A snapshot that can be read back. */
public interface BlockSource {
  /** Receives a file's content in order. */
  @FunctionalInterface
  interface Receiver {
    /** The next bytes; the array is the source's and may be used again afterwards. */
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  /** What the snapshot holds. */
  SnapshotManifest manifest();

  /**
   * Reads a file of this snapshot. Every byte handed over was decrypted and authenticated; a file
   * with a digest is compared with it at its end. Several threads may read at once.
   *
   * @throws IOException if the repository cannot be read
   * @throws dev.nanoctl.core.ProblemException if what it holds is missing or damaged
   */
  void read(SnapshotFile file, Receiver receiver) throws IOException;
}
