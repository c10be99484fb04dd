package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.ReplicationSlots;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.cli.testing.LaunchedNanoctl.Result;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL of somebody else must grant for replication, and what is left of it there. */
class DatabaseReplicationIT extends OwnInstance {
  private static final String NAME = "lernhof";
  private static final String OTHERS = "nanoctl_ffffffffffff_first";
  private static final String KEY = "postgres.external.replication";

  @Test
  void replicationIsRefusedUntilAllOfItIsGrantedAndLeavesNoSlotBehind() throws Exception {
    Path access = folder.resolve("pg_hba.conf");
    Files.writeString(access, "host all all 127.0.0.1/32 scram-sha-256\n");
    Files.setPosixFilePermissions(access, PosixFilePermissions.fromString("rw-r--r--"));
    try (var postgres = ThrowawayPostgres.start(List.of("hba_file=" + access))) {
      DatabaseAddress root = postgres.address();
      root.execute("CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(NAME));
      root.execute("CREATE DATABASE %1$s OWNER %1$s".formatted(NAME));
      root.execute("SELECT pg_create_physical_replication_slot('%s')".formatted(OTHERS));

      JsonObject refused = refused(install(postgres, "--json"));
      assertThat(refused.text("message").orElseThrow())
          .contains("the role lernhof may not replicate")
          .contains("no pg_hba.conf entry for replication connection")
          .contains("max_slot_wal_keep_size is -1");
      assertThat(refused.text("fix").orElseThrow())
          .contains("ALTER ROLE lernhof REPLICATION", "max_slot_wal_keep_size = '10GB'")
          .contains("\"host replication lernhof 127.0.0.1/32 scram-sha-256\"")
          .contains("leave --database-replication out");
      assertThat(nanoctl.site()).doesNotExist();

      Files.writeString(
          access,
          """
          host all all 127.0.0.1/32 scram-sha-256
          host replication lernhof 127.0.0.1/32 scram-sha-256
          """);
      root.execute("ALTER ROLE lernhof REPLICATION");
      bound(root);
      Result installed = install(postgres);
      assertThat(installed.status()).as("%s", installed).isZero();
      assertThat(Files.readString(nanoctl.site().resolve("nanoctl.yml")))
          .contains("replication: true");
      assertThat(check("database-replication").text("message").orElseThrow())
          .isEqualTo("files and log can be read");

      switchedOffItsSlotsAreDropped(root);
      switchedOnItIsRequiredBeforeAnythingIsStopped(root);
      aSlotThatCannotBeDroppedIsToldAndDroppedLater(root);
      uninstallingDropsTheSlotsOrSaysHow(postgres);
    }
  }

  private void switchedOffItsSlotsAreDropped(DatabaseAddress root) throws Exception {
    slot(root);
    nanoctl.done("config", "set", KEY, "false");
    assertThat(slots(root)).hasSize(2);
    nanoctl.done("restart");
    assertThat(slots(root)).containsExactly(OTHERS);
    assertThat(instance().external().orElseThrow().replication()).isFalse();
    assertThat(check("database-replication").text("message").orElseThrow())
        .contains("any moment", "nanoctl config set " + KEY + " true");
  }

  private void switchedOnItIsRequiredBeforeAnythingIsStopped(DatabaseAddress root)
      throws Exception {
    root.execute("ALTER SYSTEM RESET max_slot_wal_keep_size");
    root.execute("SELECT pg_reload_conf()");
    nanoctl.done("config", "set", KEY, "true");
    assertThat(refused(nanoctl.run("restart", "--json")).text("message").orElseThrow())
        .contains("max_slot_wal_keep_size is -1")
        .doesNotContain("pg_hba");
    assertThat(nanos()).isZero();
    assertThat(instance().external().orElseThrow().replication()).isFalse();
    bound(root);
    nanoctl.done("restart");
    assertThat(instance().external().orElseThrow().replication()).isTrue();
  }

  private void aSlotThatCannotBeDroppedIsToldAndDroppedLater(DatabaseAddress root)
      throws Exception {
    String slot = slot(root);
    root.execute("ALTER ROLE lernhof NOREPLICATION");
    nanoctl.done("config", "set", KEY, "false");
    JsonObject warning =
        nanoctl
            .done("restart", "--json")
            .json()
            .array("warnings")
            .orElseThrow()
            .objects()
            .findFirst()
            .orElseThrow();
    assertThat(warning.text("code")).contains("NC-DATABASE-SLOTS");
    assertThat(warning.text("fix").orElseThrow()).contains("pg_drop_replication_slot");
    assertThat(nanos()).isZero();
    JsonObject left = check("database-slots");
    assertThat(left.text("outcome")).contains("warning");
    assertThat(left.text("message").orElseThrow()).contains(slot);
    root.execute("ALTER ROLE lernhof REPLICATION");
    assertThat(nanoctl.done("restart", "--json").json().array("warnings")).isEmpty();
    assertThat(slots(root)).containsExactly(OTHERS);
  }

  private void uninstallingDropsTheSlotsOrSaysHow(ThrowawayPostgres postgres) throws Exception {
    DatabaseAddress root = postgres.address();
    nanoctl.done("config", "set", KEY, "true");
    nanoctl.done("restart");
    slot(root);
    nanoctl.done("uninstall", "--yes");
    assertThat(slots(root)).containsExactly(OTHERS);

    nanoctl.done("install", "--yes", "--no-systemd");
    String slot = slot(root);
    String prefix = slot.substring(0, slot.lastIndexOf('_') + 1);
    postgres.crash();
    Result gone = nanoctl.done("uninstall", "--purge", "--yes");
    assertThat(gone.out() + gone.err())
        .contains("NC-DATABASE-SLOTS", "starts_with(slot_name, '%s')".formatted(prefix));
    assertThat(nanoctl.site()).doesNotExist();
    postgres.startAgain();
    assertThat(slots(root)).containsExactlyInAnyOrder(slot, OTHERS);
  }

  private static void bound(DatabaseAddress root) throws SQLException {
    root.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1GB'");
    root.execute("SELECT pg_reload_conf()");
  }

  /** A slot of the instance's, of no target, so that nobody but what is tested here touches it. */
  private String slot(DatabaseAddress root) throws SQLException {
    String name = ReplicationSlots.name(instance(), "none");
    root.execute("SELECT pg_create_physical_replication_slot('%s', true)".formatted(name));
    return name;
  }

  private Instance instance() {
    return Instance.require(new SiteFolder(nanoctl.site()));
  }

  private JsonObject check(String name) throws Exception {
    return nanoctl
        .run("doctor", "--json")
        .json()
        .array("checks")
        .orElseThrow()
        .objects()
        .filter(check -> check.text("name").orElse("").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> slots(DatabaseAddress root) throws SQLException {
    try (var connection = root.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT slot_name FROM pg_replication_slots")) {
      var slots = new ArrayList<String>();
      while (rows.next()) {
        slots.add(rows.getString(1));
      }
      return slots;
    }
  }

  private static JsonObject refused(Result result) {
    assertThat(result.status()).as("%s", result).isEqualTo(12);
    JsonObject error = result.json().object("error").orElseThrow();
    assertThat(error.text("code")).contains("NC-DATABASE-REPLICATION");
    return error;
  }

  private Result install(ThrowawayPostgres postgres, String... more) throws Exception {
    Path file = folder.resolve("password");
    Files.writeString(file, NAME + "\n");
    var line = new ArrayList<>(List.of("install", "--no-systemd", "--yes"));
    line.addAll(
        List.of("--database", "127.0.0.1:%d/%s".formatted(postgres.address().port(), NAME)));
    line.addAll(List.of("--database-user", NAME, "--database-password-file", file.toString()));
    line.addAll(List.of("--database-tls", "off", "--database-replication", "--port", "" + port));
    line.addAll(List.of(more));
    return nanoctl.run(line.toArray(String[]::new));
  }
}
