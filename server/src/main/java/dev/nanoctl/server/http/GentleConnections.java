package dev.nanoctl.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * HTTP/1.1 connections that are not closed at once when the server no longer listens: a request may
 * be on its way on each of them. By then every answer asks the client to go, so that only those
 * without a request are left after a moment.
 */
final class GentleConnections implements ServerConnectionSelector {
  private static final Duration MOMENT = Duration.ofMillis(500);

  private final ServerConnectionSelector http =
      Http1ConnectionSelector.builder().config(Http1Config.create()).build();

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  /** Everything: nothing else is spoken here, and what is no HTTP is told so in HTTP. */
  @Override
  public Support supports(BufferData start) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Connection(http.connection(context));
  }

  private record Connection(ServerConnection http) implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      http.handle(limit);
    }

    @Override
    public Duration idleTime() {
      return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      if (interrupt) {
        http.close(true);
        return;
      }
      Thread.ofVirtual().name("last-call").start(this::closeAfterAMoment);
    }

    private void closeAfterAMoment() {
      try {
        Thread.sleep(MOMENT);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      http.close(false);
    }
  }
}
