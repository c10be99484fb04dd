package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.doctor.Facts;
import dev.nanoctl.appliance.doctor.Facts.Database.Access;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseStamp;
import dev.nanoctl.appliance.postgres.Encryption;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.core.Secret;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseLookIT {
  private final ThrowawayPostgres postgres = ThrowawayPostgres.start();

  @AfterAll
  void stop() {
    postgres.close();
  }

  @Test
  void howFarOneComesIsTold() {
    DatabaseAddress root = postgres.address();
    assertThat(look(root).access()).isEqualTo(Access.ENTERED);
    assertThat(look(root.with(new Secret("wrong"))).access()).isEqualTo(Access.DENIED);
    assertThat(look(root.in("none")).access()).isEqualTo(Access.DENIED);
    var verified =
        new DatabaseAddress(
            root.host(),
            root.port(),
            root.database(),
            root.user(),
            root.password(),
            new Encryption.Verified(Optional.empty()));
    assertThat(look(verified).access()).as("no encryption there").isEqualTo(Access.NOT_TRUSTED);
    Facts.Database nowhere = look(root.at("db.invalid", 5432));
    assertThat(nowhere.access()).isEqualTo(Access.NO_ANSWER);
    assertThat(nowhere.detail()).isEqualTo("there is no host of that name");
    assertThat(look(verified.at("127.0.0.1", 1)).access()).isEqualTo(Access.NO_ANSWER);
  }

  @Test
  void whoConnectsBesideTakesFromWhatIsLeftAndLimitsDo() throws SQLException {
    DatabaseAddress database = postgres.createDatabase();
    database.execute("CREATE ROLE guest LOGIN PASSWORD 'guest' CONNECTION LIMIT 7");
    int alone = server(look(database)).connections();
    var guest =
        new DatabaseAddress(database.port(), database.database(), "guest", new Secret("guest"));
    try (var beside = guest.connect();
        var own = database.connect()) {
      assertThat(beside.isValid(1) && own.isValid(1)).isTrue();
      assertThat(server(look(database)).connections()).isEqualTo(alone - 1);
    }
    Facts.DatabaseServer seen = server(look(guest));
    assertThat(seen.connections()).isEqualTo(7);
    assertThat(seen.lacks()).hasSize(2);
    database.execute("ALTER DATABASE %s CONNECTION LIMIT 3".formatted(database.database()));
    assertThat(server(look(guest)).connections()).isEqualTo(3);
  }

  @Test
  void aStampThatCannotBeReadIsSomebodyElses() throws SQLException {
    DatabaseAddress database = postgres.createDatabase();
    DatabaseStamp.claim(database, "db", "one");
    database.execute("CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
    var stranger =
        new DatabaseAddress(
            database.port(), database.database(), "stranger", new Secret("stranger"));
    assertThat(server(look(stranger)).foreign())
        .hasValueSatisfying(why -> assertThat(why.code()).isEqualTo("NC-DATABASE-FOREIGN"));
    assertThat(
            server(DatabaseLook.look(database, "db", new DatabaseUse("one", false, 1))).foreign())
        .isEmpty();
  }

  @Test
  void tablesGoToThePublicSchemaOrNowhere() throws SQLException {
    DatabaseAddress database = postgres.createDatabase();
    database.execute(
        "ALTER DATABASE %s SET search_path = elsewhere".formatted(database.database()));
    database.execute("CREATE SCHEMA elsewhere");
    assertThat(server(look(database)).lacks())
        .singleElement()
        .asString()
        .contains("search_path begins with \"elsewhere\"");
  }

  private static Facts.Database look(DatabaseAddress address) {
    return DatabaseLook.look(address, "db", new DatabaseUse("", false, 1));
  }

  private static Facts.DatabaseServer server(Facts.Database database) {
    return database.server().orElseThrow(() -> new AssertionError(database));
  }
}
