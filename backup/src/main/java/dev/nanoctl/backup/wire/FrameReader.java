package dev.nanoctl.backup.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream of a server into messages. A read that times out loses nothing: what arrived is
 * kept, and the next call goes on from there.
 */
final class FrameReader {
  /** The server never sends more in one message to a client like this one. */
  static final int MAX = 64 << 20;

  private static final int HEAD = 5;

  private final InputStream in;
  private byte[] buffer = new byte[64 << 10];
  private int start;
  private int end;

  FrameReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next message, waiting as long as the socket does.
   *
   * @throws SocketTimeoutException when the message is not complete by then
   */
  Frame read() throws IOException {
    need(HEAD);
    var head = ByteBuffer.wrap(buffer, start, HEAD);
    char type = (char) (head.get() & 0xFF);
    int length = head.getInt();
    if (length < 4 || length > MAX) {
      throw new ProtocolException("a message '%c' of %d bytes".formatted(type, length));
    }
    need(1 + length);
    var body = ByteBuffer.wrap(buffer, start + HEAD, length - 4).slice();
    start += 1 + length;
    return new Frame(type, body);
  }

  /** The next message, or nothing when it did not arrive in the time the socket has. */
  @Nullable Frame poll() throws IOException {
    try {
      return read();
    } catch (SocketTimeoutException e) {
      return null;
    }
  }

  /** The answer to a request for TLS: one byte outside of any message. */
  static char single(InputStream in) throws IOException {
    int answer = in.read();
    if (answer < 0) {
      throw new EOFException("the server closed the connection");
    }
    return (char) answer;
  }

  private void need(int count) throws IOException {
    if (end - start >= count) {
      return;
    }
    if (buffer.length - start < count) {
      makeRoom(count);
    }
    while (end - start < count) {
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
      end += read;
    }
  }

  private void makeRoom(int count) {
    if (buffer.length < count) {
      byte[] larger = new byte[Math.max(count, Math.min(MAX + HEAD, buffer.length * 2))];
      System.arraycopy(buffer, start, larger, 0, end - start);
      buffer = larger;
    } else {
      buffer = start == 0 ? buffer : moved();
    }
    end -= start;
    start = 0;
  }

  private byte[] moved() {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    return buffer;
  }
}
