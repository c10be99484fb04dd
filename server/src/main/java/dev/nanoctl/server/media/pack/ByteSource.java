package dev.nanoctl.server.media.pack;

import java.io.IOException;
import java.io.InputStream;

/** An archive's bytes, readable from any place. */
public interface ByteSource extends AutoCloseable {
  /** How many bytes there are. */
  long size();

  /** The bytes from {@code position}; fewer than {@code length} only where the source ends. */
  byte[] read(long position, int length) throws IOException;

  /** A stream of at most {@code length} bytes from {@code position}; close it when done. */
  InputStream stream(long position, long length) throws IOException;

  @Override
  void close() throws IOException;
}
