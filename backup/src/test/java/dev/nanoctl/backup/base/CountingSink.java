package dev.nanoctl.backup.base;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.SourceFile;
import java.io.IOException;

/** Forgets what it is given. */
class CountingSink implements BlockSink {
  private long bytes;

  long bytes() {
    return bytes;
  }

  @Override
  public void add(SourceFile entry) throws IOException {}

  @Override
  public void begin(SourceFile file) throws IOException {}

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    bytes += length;
  }

  @Override
  public void end() throws IOException {}
}
