package dev.nanoctl.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoPurge;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.OffsetClock;
import dev.nanoctl.server.testing.TestServer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SiteMetricsIT {
  @Test
  void whatTheyCountIsWhatHappened() {
    OffsetClock clock = new OffsetClock();
    try (TestServer server = TestServer.start(clock)) {
      var fixture = new MarketFixture(server.database().jdbi(), clock);
      Principal creator = fixture.person(Role.CREATOR);
      UUID gone = fixture.draft(creator, "Bald gelöscht");
      UUID live = fixture.published(creator, "Im Regal");
      fixture.submitted(creator, "Wartet");
      fixture.addVersion(creator, live, "1.1.0");
      fixture.market().nanos().submit(Caller.of(creator), live);
      assertThat(metrics(server))
          .contains("moderation_queue_size 2.0")
          .contains("nano_uploads_total 4.0");

      fixture
          .market()
          .reviews()
          .takeDown(Caller.of(fixture.person(Role.MODERATOR)), live, "Ein triftiger Grund");
      fixture.market().nanos().delete(Caller.of(creator), gone, Optional.empty());
      clock.advance(Duration.ofDays(31));
      new NanoPurge(
              server.database().jdbi(), new Audit(clock), clock, NanoPurge.Retention.standard())
          .run();
      assertThat(metrics(server))
          .as("nobody can decide about what is hidden, and what was uploaded stays counted")
          .contains("moderation_queue_size 1.0")
          .contains("nano_uploads_total 4.0");
    }
  }

  private static String metrics(TestServer server) {
    return server.client().get("/metrics").text();
  }

  @Test
  void theNamesThatAlertsUseAreThere() {
    try (TestServer server = TestServer.start()) {
      server.client().get("nanos");
      assertThat(server.client().get("/metrics").text())
          .contains("http_requests_total{method=\"GET\",status=\"200\"}")
          .contains("http_request_duration_seconds_bucket")
          .contains("moderation_queue_size 0")
          .contains("nano_uploads_total 0")
          .contains("active_users 0")
          .contains("outbox_entries_parked 0")
          .contains("database_connections{state=\"active\"}")
          .containsPattern("(?m)^database_size_bytes \\d")
          .containsPattern("(?m)^database_clients \\d")
          .containsPattern("(?m)^database_clients_max \\d")
          .containsPattern("(?m)^database_version_num 1[89]\\d{4}")
          .contains("jvm_memory_used_bytes");
    }
  }

  @Test
  void whoNamesSomeIsToldThese() {
    try (TestServer server = TestServer.start()) {
      server.client().get("nanos");
      assertThat(
              server
                  .client()
                  .get(
                      "/metrics?name%5B%5D=http_requests_total&name%5B%5D=database_clients"
                          + "&name%5B%5D=http_request_duration_seconds")
                  .text()
                  .lines()
                  .filter(line -> !line.startsWith("#"))
                  .map(line -> line.split("[{ ]", 2)[0]))
          .containsOnly(
              "http_requests_total",
              "http_request_duration_seconds_bucket",
              "http_request_duration_seconds_count",
              "http_request_duration_seconds_sum",
              "database_clients");
    }
  }
}
