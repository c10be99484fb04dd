package dev.nanoctl.cli.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Someone who opens a site on this machine over TLS, whomever its certificate is from. */
public final class Visitor {
  private final int port;

  /** Of the site on that port. */
  public Visitor(int port) {
    this.port = port;
  }

  /** The certificate that is shown. */
  public X509Certificate shown() throws IOException {
    try (SSLSocket socket =
        (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Whether the site tells browsers to insist on encryption. */
  public boolean strictTransport() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/health")).build(),
              HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("Strict-Transport-Security")
          .isPresent();
    }
  }

  /** Comes again and again until closed. */
  public Stream keepComing() {
    return new Stream(this);
  }

  /** Visits without a pause. */
  public static final class Stream implements AutoCloseable {
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean();
    private final Thread thread;

    private Stream(Visitor visitor) {
      thread =
          Thread.ofVirtual()
              .start(() -> {
                while (!done.get()) {
                  visit(visitor);
                }
              });
    }

    private void visit(Visitor visitor) {
      try {
        visitor.shown();
        visits.incrementAndGet();
      } catch (IOException e) {
        failures.incrementAndGet();
      }
    }

    /** How many came. */
    public int visits() {
      return visits.get();
    }

    /** How many were turned away. */
    public int failures() {
      return failures.get();
    }

    @Override
    public void close() {
      done.set(true);
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Anybody implements X509TrustManager {
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
