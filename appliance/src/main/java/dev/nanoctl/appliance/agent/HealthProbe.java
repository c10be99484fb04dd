package dev.nanoctl.appliance.agent;

import dev.nanoctl.core.site.SiteConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks the server whether it is well. Small enough for the agent: one socket, one status line. */
public final class HealthProbe {
  private static final int MILLIS = 3000;

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
    try (Socket socket =
        encrypted ? unverified().getSocketFactory().createSocket() : new Socket()) {
      socket.connect(address, MILLIS);
      socket.setSoTimeout(MILLIS);
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: nanoctl\r\n\r\n"
              .formatted(path);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return line.startsWith("HTTP/1.") ? Integer.parseInt(line.substring(9, 12)) : 0;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return 0;
    }
  }

  /** The question is whether it answers, not who it is: its certificate may be its own. */
  private static SSLContext unverified() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class AnyCertificate implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
