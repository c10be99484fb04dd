package dev.nanoctl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class PromptSocketsTest {
  private final PromptSockets sockets = new PromptSockets();

  @Test
  void noSocketWaitsForConfirmations() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (var server = new ServerSocket(0, 10, here);
        Socket loose = sockets.createSocket();
        Socket named = sockets.createSocket(here.getHostAddress(), server.getLocalPort());
        Socket bound = sockets.createSocket(here.getHostAddress(), server.getLocalPort(), here, 0);
        Socket addressed = sockets.createSocket(here, server.getLocalPort());
        Socket both = sockets.createSocket(here, server.getLocalPort(), here, 0)) {
      for (Socket socket : new Socket[] {loose, named, bound, addressed, both}) {
        assertThat(socket.getTcpNoDelay()).isTrue();
      }
      for (Socket socket : new Socket[] {named, bound, addressed, both}) {
        assertThat(socket.isConnected()).isTrue();
      }
      assertThat(loose.isConnected()).isFalse();
      assertThat(both.getLocalAddress()).isEqualTo(here);
    }
  }

  @Test
  void whereNobodyListensIsAnError() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    int port;
    try (var server = new ServerSocket(0, 1, here)) {
      port = server.getLocalPort();
    }
    assertThatThrownBy(() -> sockets.createSocket(here, port)).isInstanceOf(IOException.class);
  }
}
