package dev.nanoctl.server.http;

import dev.nanoctl.server.cache.LocalAnswerCache;
import dev.nanoctl.server.limit.LocalRateLimit;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestDatabase;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The edge alone with endpoints of a test. Whoever sends the token {@code ROLE-NUMBER} is somebody
 * with that role; the CSRF token is {@code csrf}.
 */
final class EdgeServer implements AutoCloseable {
  final TestDatabase database = TestDatabase.create();
  final List<AccessLog.Line> log = Collections.synchronizedList(new ArrayList<>());
  final PrometheusRegistry metrics = new PrometheusRegistry();
  final LocalAnswerCache cache;
  final HttpServer server;

  EdgeServer(InstantSource clock, HttpConfig config, List<Endpoint> endpoints) {
    cache = new LocalAnswerCache(1 << 20, Duration.ofMinutes(10), System::nanoTime);
    server =
        HttpServer.start(
            config,
            new HttpServer.Services(
                database.jdbi(),
                clock,
                EdgeServer::somebody,
                cache,
                new LocalRateLimit(clock),
                metrics,
                new Readiness()),
            log::add,
            endpoints);
  }

  static EdgeServer start(Endpoint... endpoints) {
    return new EdgeServer(InstantSource.system(), config(1000, 1000), List.of(endpoints));
  }

  static HttpConfig config(int reads, int writes) {
    return config(reads, writes, Duration.ZERO);
  }

  static HttpConfig config(int reads, int writes, Duration linger) {
    return config(reads, writes, linger, TrustedNetworks.NONE);
  }

  static HttpConfig config(int reads, int writes, Duration linger, TrustedNetworks proxies) {
    return new HttpConfig(
        "127.0.0.1",
        0,
        Optional.empty(),
        new Site(URI.create("http://nano.example"), proxies),
        new HttpConfig.Limits(reads, writes, 1),
        new HttpConfig.Drain(linger, Duration.ofSeconds(5)));
  }

  /** The account behind a token such as {@code admin-1}. */
  static UUID idOf(String token) {
    return UUID.nameUUIDFromBytes(token.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Optional<Authentication.SignedIn> somebody(String token) {
    int dash = token.indexOf('-');
    return dash < 0
        ? Optional.empty()
        : Role.ofTag(token.substring(0, dash))
            .map(role ->
                new Authentication.SignedIn(
                    new Principal(idOf(token), "somebody", role, idOf("session")), "csrf"));
  }

  TestClient client() {
    return TestClient.of(url());
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
