package dev.nanoctl.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.core.Secret;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SiteFactsIT {
  @Test
  void aTableSomebodyElseMadeDoesNotKeepTheBackupFromBeingTaken() throws SQLException {
    try (var postgres = ThrowawayPostgres.start()) {
      DatabaseAddress superuser = postgres.createDatabase();
      superuser.execute(
          """
          CREATE ROLE application LOGIN PASSWORD 'app';
          CREATE TABLE foreign_table AS SELECT 1;
          CREATE TABLE nano AS SELECT generate_series(1, 3);
          GRANT SELECT ON nano TO application;
          CREATE TABLE schema_history AS SELECT 1 AS installed_rank, '7' AS version, true AS success;
          GRANT SELECT ON schema_history TO application;
          """);
      var application =
          new DatabaseAddress(
              superuser.port(), superuser.database(), "application", new Secret("app"));
      assertThat(SiteFacts.of(application))
          .containsEntry("rows.nano", "3")
          .containsEntry("schema", "7")
          .doesNotContainKey("rows.foreign_table");
    }
  }
}
