package dev.nanoctl.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.testing.TestServer;
import org.junit.jupiter.api.Test;

final class SiteMetricsIT {
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
          .contains("jvm_memory_used_bytes");
    }
  }
}
