package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ServerMetricsTest {
  private static final String ONE =
      """
      # TYPE database_clients gauge
      database_clients 6.0
      database_clients_max 40.0
      database_connections{state="idle"} 5.0
      database_size_bytes 9.658847E9
      database_version_num 180006.0
      http_requests_total{method="GET",status="500"} 2.0
      """;

  @Test
  void theDatabaseIsAsTheServerSeesIt() {
    ServerMetrics told = ServerMetrics.parse(ONE);
    assertThat(told.database()).contains(new Usage.Database("18.6", 9_658_847_000L, 6, 40));
    assertThat(told.traffic().errors()).isEqualTo(2);
  }

  @Test
  void ofSeveralServersTheDatabaseIsToldOnce() {
    ServerMetrics told = ServerMetrics.parse(ONE + ONE);
    assertThat(told.database()).isEqualTo(ServerMetrics.parse(ONE).database());
    assertThat(told.traffic().errors()).isEqualTo(4);
  }

  @Test
  void oneServerThatCannotStorePackagesIsEnough() {
    String well = "objects_writable 1.0\n";
    assertThat(ServerMetrics.parse(ONE).packagesStored()).isTrue();
    assertThat(ServerMetrics.parse(ONE + well + ONE + well).packagesStored()).isTrue();
    assertThat(ServerMetrics.parse(ONE + well + ONE + "objects_writable 0.0\n").packagesStored())
        .isFalse();
  }

  @Test
  void whatOnlyHalfIsToldIsNotBelieved() {
    assertThat(ServerMetrics.parse(ONE.replace("database_size_bytes", "other")).database())
        .isEmpty();
    assertThat(ServerMetrics.parse("").database()).isEmpty();
  }
}
