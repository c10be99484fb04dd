package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseStamp;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.appliance.testing.TestSite;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.ConfigText;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An installation on a database that somebody else runs, and what comes after it failed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExternalInstallIT {
  private static final int KILLED = 137;

  private final ThrowawayPostgres postgres = ThrowawayPostgres.start();

  @AfterAll
  void stop() {
    postgres.close();
  }

  @ParameterizedTest(name = "killed after line {0}")
  @ValueSource(ints = {1, 4, 7, 9, 10, 11, 12, 15})
  void aKilledOneIsFinishedByResumeOrByInstallingAgain(int line) throws Exception {
    DatabaseAddress database = postgres.createDatabase();
    try (var site = TestSite.create()) {
      // the process reads its order from here, and no password with it
      Files.writeString(site.folder().resolve("order.yml"), yaml(site, database));
      Performer.privateFolder(site.site().root());
      Performer.privateFolder(site.site().secrets());
      Files.writeString(
          site.site().secrets().resolve("database-password"), database.password().value());
      assertThat(site.run("install", line)).as(site.output()).isEqualTo(KILLED);
      Appliance appliance = site.appliance();
      if (line % 2 == 0) {
        appliance.install(order(site, database), Progress.SILENT);
      } else {
        appliance.resume(Progress.SILENT);
      }
      assertThat(appliance.unfinished()).isEmpty();
      StatusReport status = appliance.status();
      assertThat(status.healthy()).as(status.toString()).isTrue();
      assertThat(owner(database))
          .isEqualTo(new DatabaseStamp.Owner.Stamped(status.instance().id(), false));
    }
  }

  @Test
  void oneThatFailsLeavesNothingInTheDatabase() throws Exception {
    DatabaseAddress database = postgres.createDatabase();
    try (var site = TestSite.create()) {
      Files.writeString(site.folder().resolve("server-fails"), "");
      InstallOrder order = order(site, database);
      assertThatThrownBy(() -> site.appliance().install(order, Progress.SILENT))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isInstanceOf(Problem.RolledBack.class));
      assertThat(site.site().root()).doesNotExist();
      assertThat(owner(database)).isEqualTo(new DatabaseStamp.Owner.Nobody());

      Files.delete(site.folder().resolve("server-fails"));
      site.appliance().install(order, Progress.SILENT);
      assertThat(site.appliance().status().healthy()).isTrue();
      assertThat(site.processes())
          .as("nobody runs PostgreSQL here")
          .noneMatch(process -> process.name().equals("postgres"));

      site.appliance().uninstall(true, Progress.SILENT);
      assertThat(site.site().root()).doesNotExist();
      assertThat(owner(database)).isInstanceOf(DatabaseStamp.Owner.Stamped.class);
    }
  }

  private static InstallOrder order(TestSite site, DatabaseAddress database) {
    return new InstallOrder(
        new ConfigText(yaml(site, database)),
        "ada@example.org",
        false,
        Optional.of(database.password()));
  }

  private static String yaml(TestSite site, DatabaseAddress database) {
    return """
    server:
      port: %d
    postgres:
      external:
        host: %s
        port: %d
        database: %s
        user: %s
        tls: off
    """
        .formatted(
            TestSite.port(site),
            database.host(),
            database.port(),
            database.database(),
            database.user());
  }

  private static DatabaseStamp.Owner owner(DatabaseAddress database) throws SQLException {
    try (var connection = database.connect()) {
      return DatabaseStamp.owner(connection);
    }
  }
}
