package dev.nanoctl.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.server.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MigrationsIT {
  private static final String LATER =
      "INSERT INTO schema_history SELECT installed_rank + 1000, '999', 'later', type,"
          + " 'V999__later.sql', 1, installed_by, installed_on, 1, true FROM schema_history WHERE"
          + " version = '014'";

  @Test
  void everyFileIsListedAndInOrder() throws Exception {
    // the sources, because the classes may be in a jar by now
    Path folder = Path.of("src/main/resources/db/migration");
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(Migrations.FILES).containsExactlyElementsOf(names);
    }
  }

  @Test
  void migratingAgainChangesNothing() {
    DatabaseConfig config = TestDatabase.config(TestDatabase.empty(), 2);
    Database.open(config).close();
    try (Database database = Database.open(config)) {
      long applied =
          database
              .jdbi()
              .withHandle(tx ->
                  tx.createQuery("SELECT count(*) FROM schema_history WHERE success")
                      .mapTo(Long.class)
                      .one());
      assertThat(applied).isEqualTo(Migrations.FILES.size());
    }
  }

  @Test
  void tablesAreMadeAsTheyWereAtAVersionInASchemaOfTheirOwn() throws Exception {
    DatabaseAddress address = TestDatabase.empty();
    DatabaseConfig config = TestDatabase.config(address, 2);
    Database.open(config).close();
    address.execute("CREATE SCHEMA beside");
    SchemaVersions.make(config, "beside", "036");
    try (Database database = Database.connect(config)) {
      assertThat(tables(database, "beside"))
          .contains("nano", "news")
          .doesNotContain("schema_floor");
      assertThat(tables(database, "public")).contains("nano", "news", "schema_floor");
    }
  }

  private static List<String> tables(Database database, String schema) {
    return database
        .jdbi()
        .withHandle(tx ->
            tx.createQuery("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
                .bind("schema", schema)
                .mapTo(String.class)
                .list());
  }

  @Test
  void aVersionThatOnlyLaterProgramsKnowIsNotMade() {
    for (String version : List.of("999", "037.1", "later")) {
      assertThatThrownBy(() -> SchemaVersions.requireKnown(version))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo("NC-RESTORE-SCHEMA"));
    }
    SchemaVersions.requireKnown("%03d".formatted(SchemaVersions.newest()));
  }

  @Test
  void aChangedMigrationStopsTheStart() throws Exception {
    DatabaseAddress address = TestDatabase.empty();
    DatabaseConfig config = TestDatabase.config(address, 2);
    Database.open(config).close();
    address.execute("UPDATE schema_history SET checksum = 42 WHERE version = '011'");
    assertThat(problemOf(config)).isInstanceOf(Problem.Configuration.class);
    assertThat(problemOf(config).code()).isEqualTo("NC-SCHEMA-CHANGED");
    assertThat(problemOf(config).message()).contains("011");
  }

  @Test
  void aSchemaOfALaterReleaseThatOnlyAddedIsWorkedWith() throws Exception {
    DatabaseAddress address = TestDatabase.empty();
    DatabaseConfig config = TestDatabase.config(address, 2);
    Database.open(config).close();
    address.execute(LATER);
    address.execute("ALTER TABLE nano ADD COLUMN later text");
    try (Database database = Database.open(config)) {
      assertThat(database.answers()).isTrue();
    }
  }

  @Test
  void aSchemaOfALaterReleaseThatTookSomethingAwayStopsTheStart() throws Exception {
    DatabaseAddress address = TestDatabase.empty();
    DatabaseConfig config = TestDatabase.config(address, 2);
    Database.open(config).close();
    address.execute(LATER);
    address.execute("UPDATE schema_floor SET needs = '999'");
    assertThat(problemOf(config).code()).isEqualTo("NC-SCHEMA-CHANGED");
  }

  @Test
  void aChangedMigrationStopsTheStartOnALaterSchemaToo() throws Exception {
    DatabaseAddress address = TestDatabase.empty();
    DatabaseConfig config = TestDatabase.config(address, 2);
    Database.open(config).close();
    address.execute(LATER);
    address.execute("UPDATE schema_history SET checksum = 42 WHERE version = '011'");
    assertThat(problemOf(config).message()).contains("011");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsExplainedWithoutThePassword() {
    DatabaseConfig config =
        new DatabaseConfig(
            "jdbc:postgresql://127.0.0.1:1/none?x=y",
            "nobody",
            new Secret("hunter2"),
            2,
            Duration.ofMillis(300));
    Problem problem = problemOf(config);
    assertThat(problem.code()).isEqualTo("NC-DATABASE-UNREACHABLE");
    assertThat(problem.message()).contains("127.0.0.1:1/none").doesNotContain("hunter2");
  }

  private static Problem problemOf(DatabaseConfig config) {
    ProblemException[] caught = new ProblemException[1];
    assertThatThrownBy(() -> Database.open(config).close())
        .isInstanceOfSatisfying(ProblemException.class, e -> caught[0] = e);
    return caught[0].problem();
  }
}
