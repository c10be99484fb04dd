package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.tls.AnyCertificate;
import dev.nanoctl.core.site.SiteConfig;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the server whether it is well. Small enough for the agent: one socket, one status line. */
public final class HealthProbe {
  private static final int MILLIS = 3000;
  private static final int STATUS = "HTTP/1.1 200".length();
  private static final int LONGEST_HEAD = 8192;
  private static final Pattern LENGTH =
      Pattern.compile("(?i)\\r\\ncontent-length: ?(\\d{1,7})\\r\\n");

  private final InetSocketAddress address;
  private final boolean encrypted;

  private HealthProbe(InetSocketAddress address, boolean encrypted) {
    this.address = address;
    this.encrypted = encrypted;
  }

  /** A probe of the server with that configuration, from this machine. */
  public static HealthProbe of(SiteConfig.Server server) {
    InetSocketAddress address =
        switch (server.bind()) {
          case "0.0.0.0", "::" ->
              new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
          case String bind -> new InetSocketAddress(bind, server.port());
        };
    return new HealthProbe(address, server.tls().mode() != SiteConfig.TlsMode.OFF);
  }

  /** A probe that nothing answers, for a server that is only to be ended. */
  public static HealthProbe none() {
    return new HealthProbe(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false);
  }

  /** Whether {@code GET /health} answers 200. */
  public boolean healthy() {
    return status("/health") == 200;
  }

  /** The status that path answers with; 0 when nothing answers. */
  public int status(String path) {
    try (Socket socket = ask(path)) {
      return statusOf(
          new String(socket.getInputStream().readNBytes(STATUS), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return 0;
    }
  }

  /** What that path answers with, if it answers 200 and says how long the answer is. */
  public Optional<String> body(String path) {
    try (Socket socket = ask(path)) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = head(in);
      Matcher length = LENGTH.matcher(head);
      return statusOf(head) == 200 && length.find()
          ? Optional.of(
              new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Up to the empty line and no further: what follows is the body. */
  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int next = in.read(); next >= 0 && head.length() < LONGEST_HEAD; next = in.read()) {
      head.append((char) next);
      if (next == '\n' && head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) >= 0) {
        break;
      }
    }
    return head.toString();
  }

  private static int statusOf(String answer) {
    return answer.matches("(?s)HTTP/1\\.\\d \\d{3}.*")
        ? Integer.parseInt(answer.substring(9, STATUS))
        : 0;
  }

  private Socket ask(String path) throws IOException {
    Socket socket = encrypted ? AnyCertificate.sockets().createSocket() : new Socket();
    try {
      socket.connect(address, MILLIS);
      socket.setSoTimeout(MILLIS);
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: nanoctl\r\n\r\n"
              .formatted(path);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
