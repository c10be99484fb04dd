package dev.nanoctl.appliance.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.postgres.DatabaseStamp.Owner;
import dev.nanoctl.core.ProblemException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseStampIT {
  private final ThrowawayPostgres postgres = ThrowawayPostgres.start();

  @AfterAll
  void stop() {
    postgres.close();
  }

  @Test
  void anEmptyDatabaseIsTakenOnceAndStaysItsInstances() throws SQLException {
    DatabaseAddress database = postgres.createDatabase();
    assertThat(owner(database)).isEqualTo(new Owner.Nobody());
    DatabaseStamp.claim(database, "db", "one");
    DatabaseStamp.claim(database, "db", "one");
    database.execute("CREATE TABLE nano (n int)");
    DatabaseStamp.claim(database, "db", "one");
    assertThat(owner(database)).isEqualTo(new Owner.Stamped("one", false));
    assertThat(owner(database).allows("one")).isTrue();
    assertThat(owner(database).allows("")).isFalse();
    refused(database, "belongs to another instance of nanoctl (one)");
  }

  @Test
  void whatLiesInADatabaseAlreadyIsNotTouched() throws SQLException {
    for (String made :
        new String[] {
          "CREATE TABLE invoice (n int)",
          "CREATE VIEW v AS SELECT 1 AS n",
          "CREATE SEQUENCE s",
          "CREATE MATERIALIZED VIEW m AS SELECT 1 AS n"
        }) {
      DatabaseAddress database = postgres.createDatabase();
      database.execute(made);
      assertThat(owner(database)).isEqualTo(new Owner.Unknown(1));
      refused(database, "is not empty");
      assertThat(owner(database)).isEqualTo(new Owner.Unknown(1));
    }
  }

  @Test
  void anInstallationThatIsUndoneLeavesTheDatabaseToTheNext() throws SQLException {
    DatabaseAddress database = postgres.createDatabase();
    DatabaseStamp.claim(database, "db", "one");
    DatabaseStamp.release(database, "two");
    assertThat(owner(database)).isEqualTo(new Owner.Stamped("one", false));
    DatabaseStamp.release(database, "one");
    assertThat(owner(database)).as("nothing is left").isEqualTo(new Owner.Nobody());

    DatabaseStamp.claim(database, "db", "one");
    database.execute("CREATE TABLE nano (n int)");
    DatabaseStamp.release(database, "one");
    assertThat(owner(database)).isEqualTo(new Owner.Stamped("one", true));
    DatabaseStamp.claim(database, "db", "two");
    assertThat(owner(database)).isEqualTo(new Owner.Stamped("two", false));
    DatabaseStamp.release(database, "one");
    assertThat(owner(database)).isEqualTo(new Owner.Stamped("two", false));
  }

  private static void refused(DatabaseAddress database, String why) {
    assertThatThrownBy(() -> DatabaseStamp.claim(database, "db", "two"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("NC-DATABASE-FOREIGN");
              assertThat(e.problem().message()).contains(why);
            });
  }

  private static Owner owner(DatabaseAddress database) throws SQLException {
    try (var connection = database.connect()) {
      return DatabaseStamp.owner(connection);
    }
  }
}
