package dev.nanoctl.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request's content: ends with PAYLOAD_TOO_LARGE when more than the allowed bytes come, and with
 * {@link BrokenRequestException} when it breaks off.
 */
final class LimitedStream extends FilterInputStream {
  private long left;

  LimitedStream(InputStream in, long max) {
    super(in);
    this.left = max;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count;
    try {
      count = super.read(buffer, offset, length);
    } catch (IOException | RuntimeException e) {
      // the server below throws several kinds when a client goes away or sends nonsense
      throw new BrokenRequestException(e);
    }
    count(Math.max(count, 0));
    return count;
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] skipped = new byte[(int) Math.min(n, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw new ApiException(ApiError.PAYLOAD_TOO_LARGE);
    }
  }
}
