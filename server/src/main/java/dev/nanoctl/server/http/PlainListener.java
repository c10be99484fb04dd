package dev.nanoctl.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers without encryption: with the challenges of an authority (ACME, HTTP-01), and otherwise
 * with the encrypted address of what was asked for.
 */
final class PlainListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlainListener.class);
  private static final String CHALLENGE = "/.well-known/acme-challenge/";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,200}");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(:\\d+)?");
  private static final int MOST_CONNECTIONS = 500;

  private final WebServer server;

  private PlainListener(WebServer server) {
    this.server = server;
  }

  /** Starts to listen; a port that cannot be had is an exception. */
  static PlainListener start(String host, HttpConfig.Plain plain, URI publicUrl) {
    WebServer server =
        WebServer.builder()
            .host(host)
            .port(plain.port())
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofMillis(500))
            .maxTcpConnections(MOST_CONNECTIONS)
            .connectionOptions(options -> options.readTimeout(Duration.ofSeconds(10)))
            .idleConnectionTimeout(Duration.ofSeconds(20))
            .routing(
                HttpRouting.builder()
                    .any((request, response) -> answer(request, response, plain, publicUrl)))
            .build()
            .start();
    LOG.info("sending browsers on to {} from port {}", publicUrl, server.port());
    return new PlainListener(server);
  }

  private static void answer(
      ServerRequest request, ServerResponse response, HttpConfig.Plain plain, URI publicUrl) {
    String path = request.path().rawPath();
    if (path.startsWith(CHALLENGE)) {
      challenge(response, plain.challenges(), path.substring(CHALLENGE.length()));
      return;
    }
    String query = request.query().isEmpty() ? "" : "?" + request.query().rawValue();
    String method = request.prologue().method().text();
    boolean reads = method.equals("GET") || method.equals("HEAD");
    response
        .status(reads ? Status.MOVED_PERMANENTLY_301 : Status.PERMANENT_REDIRECT_308)
        .header(
            HeaderNames.LOCATION,
            target(publicUrl, request.headers().first(HeaderNames.HOST).orElse("")) + path + query)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send();
  }

  /** An address only this machine understands is replaced by what the browser asked for. */
  static String target(URI publicUrl, String host) {
    var asked = HOST.matcher(host);
    boolean local = "localhost".equals(publicUrl.getHost());
    if (!local || !asked.matches()) {
      return "https://" + publicUrl.getRawAuthority();
    }
    return "https://" + asked.group(1) + (publicUrl.getPort() < 0 ? "" : ":" + publicUrl.getPort());
  }

  private static void challenge(ServerResponse response, Path folder, String token) {
    Path file = folder.resolve(TOKEN.matcher(token).matches() ? token : "-");
    try {
      if (!Files.isRegularFile(file)) {
        response.status(Status.NOT_FOUND_404).send();
        return;
      }
      response
          .header(HeaderNames.CONTENT_TYPE, "text/plain")
          .header(HeaderNames.CACHE_CONTROL, "no-store")
          .send(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
