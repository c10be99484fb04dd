package dev.nanoctl.server.media.pack;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/** An archive in memory. */
final class BytesSource implements ByteSource {
  private final byte[] bytes;

  BytesSource(byte[] bytes) {
    this.bytes = bytes;
  }

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
