package dev.nanoctl.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is kept as long as the server lets it. Nothing is ever sent twice: a client
 * that quietly repeats what failed would hide what is looked for.
 */
final class Connection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final InetSocketAddress address;
  private @Nullable Socket socket;
  private @Nullable InputStream input;

  Connection(InetSocketAddress address) {
    this.address = address;
  }

  /** Sends a request and reads the whole answer; its status and its text. */
  Reply send(Ask ask) throws IOException {
    try {
      Socket open = open();
      open.getOutputStream().write(ask.bytes(address.getHostString() + ":" + address.getPort()));
      open.getOutputStream().flush();
      return read(ask);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * What a server answered.
   *
   * @param text the body
   */
  record Reply(int status, String text) {}

  private Socket open() throws IOException {
    if (socket == null) {
      var made = new Socket();
      made.setTcpNoDelay(true);
      made.setSoTimeout(PATIENCE_MILLIS);
      made.connect(address, PATIENCE_MILLIS);
      socket = made;
      input = new BufferedInputStream(made.getInputStream(), 16 * 1024);
    }
    return socket;
  }

  private Reply read(Ask ask) throws IOException {
    InputStream in = input;
    if (in == null) {
      throw new IOException("not connected");
    }
    String first = line(in);
    int status = Integer.parseInt(first.split(" ", 3)[1]);
    long length = -1;
    boolean chunked = false;
    boolean last = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = header.substring(colon + 1).strip();
      switch (name) {
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "connection" -> last = value.equalsIgnoreCase("close");
        default -> {}
      }
    }
    String text = "";
    if (!ask.method().equals("HEAD") && status != 204 && status != 304) {
      text = chunked ? chunks(in) : new String(exactly(in, length), StandardCharsets.UTF_8);
    }
    if (last) {
      close();
    }
    return new Reply(status, text);
  }

  private static String chunks(InputStream in) throws IOException {
    var text = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      text.append(new String(exactly(in, size), StandardCharsets.UTF_8));
      line(in);
      if (size == 0) {
        return text.toString();
      }
    }
  }

  private static byte[] exactly(InputStream in, long length) throws IOException {
    byte[] bytes = length < 0 ? in.readAllBytes() : in.readNBytes(Math.toIntExact(length));
    if (bytes.length < length) {
      throw new EOFException(
          "the answer ended after %d of %d bytes".formatted(bytes.length, length));
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended before the answer");
      }
      text.append((char) next);
    }
    return text.toString().stripTrailing();
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // nothing more is expected of it
    }
    socket = null;
    input = null;
  }
}
