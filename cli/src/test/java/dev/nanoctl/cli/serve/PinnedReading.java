package dev.nanoctl.cli.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A program whose virtual thread reads from a socket in a static initialiser, which pins it. It
 * ends with 0 when that is answered, with 1 when it waits for ever.
 */
final class PinnedReading {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ANSWER = 7;

  private static int port;

  private PinnedReading() {}

  private static final class Pinned {
    static final int READ = read();

    private static int read() {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.getInputStream().read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static void main() throws Exception {
    Carriers.prepare();
    try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = listening.getLocalPort();
      Thread.ofPlatform().daemon().start(() -> answerLater(listening));
      Thread reading =
          Thread.ofVirtual()
              .start(() -> {
                if (Pinned.READ != ANSWER) {
                  throw new IllegalStateException("read something else");
                }
              });
      System.exit(reading.join(PATIENCE) ? 0 : 1);
    }
  }

  private static void answerLater(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      Thread.sleep(200);
      socket.getOutputStream().write(ANSWER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
