package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.doctor.Facts;
import dev.nanoctl.appliance.doctor.LocaleName;
import dev.nanoctl.appliance.doctor.ReplicationFacts;
import dev.nanoctl.appliance.doctor.ReplicationFacts.DatabaseLocale;
import dev.nanoctl.appliance.doctor.ReplicationFacts.Left;
import dev.nanoctl.appliance.doctor.ReplicationNeeds;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicationLookIT {
  private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
  private static final String OWN = "nanoctl_0f8fad5bd9cb_first";
  private static final DatabaseUse WANTED = new DatabaseUse(ID, true, 1);
  private static final DatabaseUse NOT_WANTED = new DatabaseUse(ID, false, 1);

  private final Path access = access();
  private final ThrowawayPostgres postgres =
      ThrowawayPostgres.start(
          List.of("max_wal_senders=5", "max_replication_slots=4", "hba_file=" + access));

  private static Path access() {
    try {
      Path file = Files.createTempFile("nanoctl-access-", ".conf");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      return Files.writeString(
          file,
          """
          host all all 127.0.0.1/32 scram-sha-256
          host replication "/^(?!outside)" 127.0.0.1/32 scram-sha-256
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
    Files.delete(access);
  }

  @Test
  void whatWhoeverRunsTheServerGrantsIsSeenWithoutASuperuser() throws SQLException {
    DatabaseAddress role = role("granted");
    ReplicationFacts before = found(look(role, WANTED));
    assertThat(before.way())
        .isEqualTo(new ReplicationFacts.Way("granted", "127.0.0.1/32", false, false, ""));
    assertThat(before.cluster())
        .isEqualTo(new ReplicationFacts.Cluster(18, 18, "replica", 16 << 20, 8192, false));
    assertThat(before.locales())
        .contains(new DatabaseLocale("postgres", new LocaleName("C"), new LocaleName("C")))
        .hasSize(3);
    assertThat(before.known()).contains(new LocaleName("C"));
    assertThat(look(role, NOT_WANTED).found()).as("nobody asks").isEmpty();

    postgres.address().execute("ALTER ROLE granted REPLICATION");
    postgres.address().execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1GB'");
    postgres.address().execute("SELECT pg_reload_conf()");
    ReplicationFacts after = found(look(role, NOT_WANTED));
    assertThat(after.way().allowed()).isTrue();
    assertThat(after.cluster().bounded()).isTrue();
    assertThat(ReplicationNeeds.problem("db", after)).isEmpty();
  }

  @Test
  void aServerThatLetsNoReplicationInSaysSo() throws SQLException {
    DatabaseAddress role = role("outside");
    postgres.address().execute("ALTER ROLE outside REPLICATION");
    assertThat(found(look(role, WANTED)).way().refused())
        .contains("no pg_hba.conf entry for replication connection");
  }

  @Test
  void whatTheInstanceHasAlreadyCountsAsFree() throws Exception {
    DatabaseAddress role = role("counted");
    Left slots = found(look(role, WANTED)).room().slots();
    Left senders = found(look(role, WANTED)).room().senders();
    assertThat(slots).isEqualTo(new Left(4, 4, 1));
    assertThat(senders).isEqualTo(new Left(5, 5, 2));
    create(OWN);
    create("nanoctl_ffffffffffff_first");
    try (var reader = read(postgres.address(), OWN)) {
      Facts.Replication look = look(role, WANTED);
      assertThat(look.slots()).containsExactly(OWN);
      assertThat(found(look).room().slots().free()).isEqualTo(3);
      assertThat(found(look).room().senders().free()).as("somebody reads").isEqualTo(4);
      assertThat(reader.isClosed()).isFalse();
    }
    postgres.address().execute("ALTER ROLE counted REPLICATION");
    assertThat(ReplicationSlots.drop(role, ID)).containsExactly(OWN);
    assertThat(look(role, WANTED).slots()).isEmpty();
    assertThat(found(look(role, WANTED)).room().slots().free()).as("another's stays").isEqualTo(3);
    postgres.address().execute("SELECT pg_drop_replication_slot('nanoctl_ffffffffffff_first')");
  }

  @Test
  void aReaderThatIsGoneAndNotNoticedKeepsNoSlot() throws Exception {
    DatabaseAddress role = role("reading");
    postgres.address().execute("ALTER ROLE reading REPLICATION");
    create("nanoctl_aaaaaaaaaaaa_second");
    try (var reader = read(role, "nanoctl_aaaaaaaaaaaa_second")) {
      assertThat(ReplicationSlots.drop(role, "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"))
          .containsExactly("nanoctl_aaaaaaaaaaaa_second");
      assertThat(reader).isNotNull();
    }
  }

  @Test
  void aRoleThatMayNotReplicateAnyMoreCannotDropThem() throws SQLException {
    DatabaseAddress role = role("fallen");
    create("nanoctl_bbbbbbbbbbbb_first");
    String id = "bbbbbbbb-bbbb-4aaa-8aaa-aaaaaaaaaaaa";
    assertThatThrownBy(() -> ReplicationSlots.drop(role, id)).isInstanceOf(SQLException.class);
    // what is said then works for whoever runs the server
    postgres.address().execute(ReplicationSlots.sql(id));
    assertThat(look(role, new DatabaseUse(id, true, 1)).slots()).isEmpty();
  }

  private void create(String slot) throws SQLException {
    postgres
        .address()
        .execute("SELECT pg_create_physical_replication_slot('%s', true)".formatted(slot));
  }

  private static Connection read(DatabaseAddress role, String slot) throws SQLException {
    var connection = role.connectForReplication();
    var stream =
        connection
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .replicationStream()
            .physical()
            .withSlotName(slot)
            .withStartPosition(LogSequenceNumber.valueOf("0/1000000"))
            .start();
    assertThat(stream.isClosed()).isFalse();
    return connection;
  }

  private DatabaseAddress role(String name) throws SQLException {
    postgres.address().execute("CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(name));
    DatabaseAddress database = postgres.createDatabase();
    return new DatabaseAddress(database.port(), database.database(), name, new Secret(name));
  }

  private static Facts.Replication look(DatabaseAddress address, DatabaseUse use)
      throws SQLException {
    try (var connection = address.connect()) {
      return new ReplicationLook(connection, address, use).look();
    }
  }

  private static ReplicationFacts found(Facts.Replication look) {
    return look.found().orElseThrow(() -> new AssertionError(look));
  }
}
