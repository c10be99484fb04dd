package dev.nanoctl.server.media.scan;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of ClamAV's daemon as INSTREAM needs, byte for byte: the command ends with U+0000, each
 * piece is preceded by its length in network order, a length of zero ends the file, and one that
 * makes the file longer than {@code StreamMaxLength} is answered at once and hung up on.
 */
public final class FakeClamd implements AutoCloseable {
  /** How it behaves. */
  public enum Mood {
    /** As it should. */
    WELL,
    /** Takes everything and says nothing. */
    SILENT,
    /** Hangs up as soon as it is asked. */
    RUDE,
    /** Answers that its signatures are missing. */
    BROKEN
  }

  private final ServerSocketChannel server;
  private final int longest;
  private final Mood mood;
  private final List<byte[]> seen = new CopyOnWriteArrayList<>();

  private FakeClamd(ServerSocketChannel server, int longest, Mood mood) {
    this.server = server;
    this.longest = longest;
    this.mood = mood;
    Thread.ofVirtual().name("fake-clamd").start(this::serve);
  }

  /** Listens on a port of the loopback address; 0 for a free one. */
  public static FakeClamd onPort(int port, int longest, Mood mood) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.setOption(java.net.StandardSocketOptions.SO_REUSEADDR, true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new FakeClamd(server, longest, mood);
  }

  /** Listens on a socket of the file system. */
  static FakeClamd atPath(Path path, int longest) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return new FakeClamd(server, longest, Mood.WELL);
  }

  /** Where it listens. */
  public ClamdAddress address() throws IOException {
    SocketAddress address = server.getLocalAddress();
    return new ClamdAddress(
        address instanceof InetSocketAddress inet
            ? "127.0.0.1:" + inet.getPort()
            : address.toString());
  }

  /** The files it was shown, in order. */
  public List<byte[]> seen() {
    return seen;
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void answer(SocketChannel client) {
    try (client) {
      if (mood == Mood.RUDE) {
        return;
      }
      DataInputStream in = new DataInputStream(Channels.newInputStream(client));
      OutputStream out = Channels.newOutputStream(client);
      String command = command(in);
      String reply = command.equals("zINSTREAM") ? stream(in) : "UNKNOWN COMMAND";
      if (mood == Mood.SILENT) {
        Thread.sleep(60_000);
      }
      out.write((reply + "\0").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException _) {
      // the other side hung up
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String command(DataInputStream in) throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    for (int b = in.read(); b != 0; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      command.write(b);
    }
    return command.toString(StandardCharsets.US_ASCII);
  }

  private String stream(DataInputStream in) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int length = in.readInt(); length != 0; length = in.readInt()) {
      if (file.size() + length > longest) {
        return "INSTREAM size limit exceeded. ERROR";
      }
      byte[] piece = new byte[length];
      in.readFully(piece);
      file.write(piece);
    }
    seen.add(file.toByteArray());
    if (mood == Mood.BROKEN) {
      return "stream: Can't open file or directory ERROR";
    }
    String text = file.toString(StandardCharsets.ISO_8859_1);
    return text.contains("a virus of tests") ? "stream: Tests.Virus-1 FOUND" : "stream: OK";
  }

  @Override
  public void close() throws IOException {
    SocketAddress address = server.getLocalAddress();
    server.close();
    if (address instanceof UnixDomainSocketAddress unix) {
      Files.deleteIfExists(unix.getPath());
    }
  }
}
