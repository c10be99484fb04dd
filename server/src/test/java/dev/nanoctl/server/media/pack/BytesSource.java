package dev.nanoctl.server.media.pack;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/** An archive in memory. */
record BytesSource(byte[] bytes) implements ByteSource {
  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public byte[] read(long position, int length) {
    int from = (int) Math.clamp(position, 0L, bytes.length);
    return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, (long) from + length));
  }

  @Override
  public InputStream stream(long position, long length) {
    int from = (int) Math.clamp(position, 0L, bytes.length);
    return new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from));
  }

  @Override
  public void close() {}
}
