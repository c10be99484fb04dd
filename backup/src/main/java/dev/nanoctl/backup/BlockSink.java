package dev.nanoctl.backup;

import java.io.IOException;

/**
 * Takes the files of one part of a snapshot, one after the other, each in order from its first
 * byte. Not for several threads at once. Any exception ends the snapshot: it cannot be published.
 */
public interface BlockSink {
  /** Adds a directory or a link. */
  void add(SourceFile entry) throws IOException;

  /**
   * Begins a file; {@link #write} and {@link #end} follow.
   *
   * @throws IllegalStateException if the last file has not ended, or the path is there already
   */
  void begin(SourceFile file) throws IOException;

  /** The next bytes of the file that was begun; the array may be used again afterwards. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /**
   * Ends the file.
   *
   * @throws IOException if not exactly as many bytes came as were announced
   */
  void end() throws IOException;
}
