package dev.nanoctl.server.http;

import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.limit.RateLimit;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening server. */
public final class HttpServer implements AutoCloseable {
  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final Duration READ_PATIENCE = Duration.ofSeconds(30);

  /** How long a moment without any request is waited for before the last connections are closed. */
  private static final Duration CALM = Duration.ofMillis(500);

  private static final Duration TLS_PAUSE = Duration.ofSeconds(2);
  private static final int MOST_CONNECTIONS = 4_000;

  /** What the edge shares with the rest of the server. */
  public record Services(
      Jdbi jdbi,
      InstantSource clock,
      Authentication authentication,
      AnswerCache cache,
      RateLimit rateLimit,
      PrometheusRegistry metrics,
      Readiness readiness) {}

  private final WebServer server;
  private final @Nullable TlsWatch tls;
  private final @Nullable PlainListener plain;
  private final Edge edge;
  private final HttpConfig.Drain drain;

  private HttpServer(
      WebServer server,
      @Nullable TlsWatch tls,
      @Nullable PlainListener plain,
      Edge edge,
      HttpConfig.Drain drain) {
    this.server = server;
    this.tls = tls;
    this.plain = plain;
    this.edge = edge;
    this.drain = drain;
  }

  /** Starts to listen. */
  public static HttpServer start(
      HttpConfig config, Services services, AccessLog log, List<Endpoint> features) {
    Envelope envelope = new Envelope(services.clock());
    Gate gate =
        new Gate(config.site(), services.authentication(), services.rateLimit(), config.limits());
    Optional<ServedTls> tls = config.tls().map(ServedTls::new);
    tls.ifPresent(served -> served.register(services.metrics()));
    EdgeParts parts =
        new EdgeParts(
            config.site(),
            () -> tls.map(ServedTls::insists).orElse(true),
            envelope,
            gate,
            services.cache(),
            new IdempotentAnswers(services.jdbi(), services.clock(), envelope),
            new WebApp(),
            log,
            services.metrics());
    InFlight inFlight = new InFlight();
    SystemRoutes system =
        new SystemRoutes(services.readiness(), services.metrics(), inFlight::draining);
    List<Endpoint> endpoints = new ArrayList<>(features);
    endpoints.addAll(system.endpoints());
    system.describe(endpoints);
    Edge edge = new Edge(parts, inFlight, endpoints);
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .addConnectionSelector(new GentleConnections())
            .shutdownGracePeriod(config.drain().patience())
            .maxTcpConnections(MOST_CONNECTIONS)
            .connectionOptions(options -> options.readTimeout(READ_PATIENCE).tcpNoDelay(true))
            .idleConnectionTimeout(Duration.ofMinutes(2))
            .directHandlers(direct(envelope))
            .routing(HttpRouting.builder().any(edge::handle));
    tls.ifPresent(served -> builder.tls(served.load()));
    WebServer server = builder.build().start();
    TlsWatch watch = tls.map(served -> TlsWatch.start(served, server, TLS_PAUSE)).orElse(null);
    return new HttpServer(server, watch, plain(config), edge, config.drain());
  }

  /** What needs the plain port says so itself when it is missing; the site is served without it. */
  private static @Nullable PlainListener plain(HttpConfig config) {
    Optional<HttpConfig.Plain> plain = config.tls().flatMap(HttpConfig.Tls::plain);
    if (plain.isEmpty()) {
      return null;
    }
    try {
      return PlainListener.start(config.host(), plain.get(), config.site().publicUrl());
    } catch (RuntimeException e) {
      LOG.warn(
          "nothing is answered on port {} without encryption: {}",
          plain.get().port(),
          e.getMessage());
      return null;
    }
  }

  /** The port without encryption; 0 where there is none. */
  public int plainPort() {
    return plain == null ? 0 : plain.port();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Whether it is closing and no longer wants requests. */
  public boolean draining() {
    return edge.inFlight().draining();
  }

  /** Stops as it was told to; see {@link HttpConfig.Drain}. */
  @Override
  public void close() {
    if (tls != null) {
      tls.close();
    }
    if (plain != null) {
      plain.close();
    }
    try {
      edge.inFlight().drain(drain.linger(), CALM);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    // nothing new comes in from here on; what is being answered gets its time
    server.stop();
    long left = edge.inFlight().count();
    if (left > 0) {
      LOG.warn("{} requests were not done in {} and are cut off", left, drain.patience());
    }
  }

  /** Requests so broken that they never reach the edge still get the envelope. */
  private static DirectHandlers direct(Envelope envelope) {
    DirectHandler handler =
        (request, _, status, headers, _) -> {
          ApiException error = brokenRequest(request.headers(), status.code());
          Language language =
              Language.accepted(request.headers().first(HeaderNames.ACCEPT_LANGUAGE));
          return DirectHandler.TransportResponse.builder()
              .status(Status.create(error.error().status()))
              .headers(headers)
              .header(HeaderNames.CONTENT_TYPE, Sender.JSON)
              .header(REQUEST_ID, RequestIds.accept(request.headers().first(REQUEST_ID).orElse("")))
              .keepAlive(false)
              .entity(envelope.failure(error, language))
              .build();
        };
    DirectHandlers.Builder builder = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      builder.addHandler(type, handler);
    }
    return builder.build();
  }

  /** The server below gives up on a packed request before the edge could say that it takes none. */
  private static ApiException brokenRequest(Headers headers, int status) {
    return status == 400 && headers.contains(HeaderNames.CONTENT_ENCODING)
        ? BodyReader.packed()
        : new ApiException(Failures.ofStatus(status));
  }
}
