package dev.nanoctl.server.media;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One chunk of a request's body: ends after so many bytes, and also where the connection breaks, so
 * that what arrived until then is kept.
 */
final class ChunkStream extends InputStream {
  private final InputStream body;
  private long left;
  private long given;
  private @Nullable Exception broken;

  ChunkStream(InputStream body, long most) {
    this.body = body;
    this.left = most;
  }

  /** How many bytes it gave. */
  long given() {
    return given;
  }

  /** What broke the connection, or null if it holds. */
  @Nullable Exception broken() {
    return broken;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (left == 0 || broken != null) {
      return -1;
    }
    try {
      int n = body.read(into, offset, (int) Math.min(length, left));
      if (n > 0) {
        left -= n;
        given += n;
      }
      return n;
    } catch (IOException | RuntimeException e) {
      // the server below tells of a lost client in either way
      broken = e;
      return -1;
    }
  }
}
