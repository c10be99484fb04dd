package dev.nanoctl.appliance.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrowawayPostgresIT {
  @Test
  void aThrowawayAnswersQueriesAndLeavesNothing() throws Exception {
    var postgres = ThrowawayPostgres.start();
    try (postgres) {
      assertThat(scalar(postgres.address(), "SHOW server_version")).startsWith("18.");
      assertThat(scalar(postgres.address(), "SHOW data_checksums")).isEqualTo("on");
      assertThat(scalar(postgres.address(), "SHOW password_encryption")).isEqualTo("scram-sha-256");
      DatabaseAddress fresh = postgres.createDatabase();
      fresh.execute("CREATE TABLE t (name text)");
      fresh.execute("INSERT INTO t VALUES ('Zebra'), ('Äpfel'), ('Birne')");
      assertThat(
              scalar(
                  fresh, "SELECT string_agg(name, ',' ORDER BY name COLLATE \"de-x-icu\") FROM t"))
          .isEqualTo("Äpfel,Birne,Zebra");
    }
    assertThat(postgres.process().awaitEnd(Duration.ofSeconds(5))).isTrue();
    assertThat(postgres.address().answers()).isFalse();
  }

  private static String scalar(DatabaseAddress address, String sql) throws SQLException {
    try (var connection = address.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
