package dev.nanoctl.server.media.scan;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection by TCP or a socket's path that waits only so long for the other side. */
final class PatientChannel implements Closeable {
  private final SocketChannel channel;
  private final Selector selector;
  private final Duration patience;

  private PatientChannel(SocketChannel channel, Selector selector, Duration patience) {
    this.channel = channel;
    this.selector = selector;
    this.patience = patience;
  }

  static PatientChannel connect(SocketAddress address, Duration patience) throws IOException {
    SocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(java.net.StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      channel.configureBlocking(false);
      PatientChannel patient = new PatientChannel(channel, Selector.open(), patience);
      patient.connect(address);
      return patient;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void connect(SocketAddress address) throws IOException {
    try {
      if (!channel.connect(address)) {
        do {
          await(SelectionKey.OP_CONNECT);
        } while (!channel.finishConnect());
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Writes all of the bytes. */
  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /** Reads some bytes; -1 at the end. */
  int read(ByteBuffer into) throws IOException {
    int read = channel.read(into);
    while (read == 0) {
      await(SelectionKey.OP_READ);
      read = channel.read(into);
    }
    return read;
  }

  private void await(int readiness) throws IOException {
    channel.register(selector, readiness);
    int ready = selector.select(patience.toMillis());
    selector.selectedKeys().clear();
    if (ready == 0) {
      throw new SocketTimeoutException("silent for " + patience.toSeconds() + " s");
    }
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
