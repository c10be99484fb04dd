package dev.nanoctl.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with PAYLOAD_TOO_LARGE when more than the allowed bytes come. */
final class LimitedStream extends FilterInputStream {
  private long left;

  LimitedStream(InputStream in, long max) {
    super(in);
    this.left = max;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    count(skipped);
    return skipped;
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
