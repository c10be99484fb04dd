package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.tls.OwnCertificate;
import dev.nanoctl.appliance.tls.PairFiles;
import dev.nanoctl.cli.testing.Guides;
import dev.nanoctl.cli.testing.ProofTable;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Backups, restores to any moment and drills with a server of somebody else's that allows it. */
class ReplicatedRestoreIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NAME = "lernhof";
  private static final String ROLE = "lern-hof";
  private static final Secret PASSWORD = new Secret("of somebody else");

  @Test
  void everyMomentIsBackAndCanBeUndone() throws Exception {
    try (var postgres = server()) {
      DatabaseAddress database = make(postgres);
      install(database);
      nanoctl.done(
          "import", Guides.make(Files.createDirectory(folder.resolve("guides")), 3).toString());
      nanoctl.done("backup", "target", "add", disk(), "--kit", kit());
      create();
      nanoctl.done("config", "set", "postgres.external.replication", "true");
      nanoctl.done("restart");
      create();
      assertThat(slots(postgres)).hasSize(1).allMatch(slot -> slot.matches("nanoctl_.{12}_first"));
      foreignSettings(postgres);

      rename(postgres, "wanted");
      Instant wanted = ProofTable.now();
      Thread.sleep(1_100);
      rename(postgres, "unwanted");
      Path lost = objects().getFirst();
      Files.delete(lost);
      nothingIsUnwell();

      nanoctl.done("restore", "--to", wanted.toString(), "--yes");
      assertThat(titles(postgres)).containsOnly("wanted");
      assertThat(lost).exists();
      assertThat(nanos()).isEqualTo(3);
      nanoctl.done("restore", "undo");
      assertThat(titles(postgres)).containsOnly("unwanted");

      rename(postgres, "later");
      isShipped(postgres);
      nanoctl.done("restore", "--yes");
      assertThat(titles(postgres)).containsOnly("later");
      nanoctl.done("restore", "accept");
      nothingIsUnwell();
      drilled();
      lostAndRecovered(postgres);
    }
  }

  private void drilled() throws Exception {
    JsonObject report = nanoctl.done("drill", "run", "--kit", kit(), "--json").json();
    assertThat(report.bool("ok")).as("%s", Json.text(report)).contains(true);
    assertThat(report.array("checks").orElseThrow().objects())
        .extracting(check -> check.text("name").orElse(""))
        .contains("objects", "log", "rows", "schema", "references", "indexes", "ledger", "server");
    assertThat(nanoctl.site().resolve("cache").resolve("drill")).doesNotExist();
  }

  /** What was written after the backup comes back, too, into a new database there. */
  private void lostAndRecovered(ThrowawayPostgres postgres) throws Exception {
    rename(postgres, "last");
    isShipped(postgres);
    Path site = nanoctl.site();
    String config = Files.readString(site.resolve("nanoctl.yml"));
    nanoctl.done("uninstall", "--purge", "--yes");
    superuser(postgres, "CREATE DATABASE anew OWNER \"%s\"".formatted(ROLE));
    Files.createDirectories(site.resolve("secrets"));
    Files.writeString(
        site.resolve("nanoctl.yml"), config.replace("database: " + NAME, "database: anew"));
    nanoctl.done("recover", "--kit", kit(), "--from", disk(), "--no-systemd");
    assertThat(texts(postgres.address().in("anew"), "SELECT title FROM nano"))
        .hasSize(3)
        .containsOnly("last");
    assertThat(nanos()).isEqualTo(3);
    create();
    backToTables(postgres);
  }

  /** Nothing of the log is left, here or there; one backup of tables follows. */
  private void backToTables(ThrowawayPostgres postgres) throws Exception {
    nanoctl.done("config", "set", "postgres.external.replication", "false");
    nanoctl.done("restart");
    Path backups = nanoctl.site().resolve("state/backup");
    await().atMost(PATIENCE).until(() -> Files.notExists(backups.resolve("first-lineage.json")));
    assertThat(slots(postgres)).isEmpty();
    create();
    JsonObject status = nanoctl.done("backup", "status", "--json").json();
    assertThat(status.bool("everyMoment")).contains(false);
    assertThat(status.array("problems").orElseThrow()).isEmpty();
  }

  /** Waits until all that was committed there is in the repository. */
  private void isShipped(ThrowawayPostgres postgres) throws SQLException {
    long end =
        Long.parseLong(
            texts(postgres.address(), "SELECT (pg_current_wal_flush_lsn() - '0/0')::text")
                .getFirst());
    await().atMost(PATIENCE).until(() -> durable() >= end);
  }

  private long durable() throws Exception {
    String lsn =
        Json.parseObject(
                Files.readAllBytes(nanoctl.site().resolve("state/backup/first-shipping.json")))
            .text("durable")
            .orElse("0/0");
    String[] halves = lsn.split("/", 2);
    return Long.parseLong(halves[0], 16) << 32 | Long.parseLong(halves[1], 16);
  }

  private void nothingIsUnwell() throws Exception {
    await().atMost(PATIENCE).until(() -> nanoctl.run("backup", "status", "--quiet").status() == 0);
    JsonObject status = nanoctl.done("backup", "status", "--json").json();
    assertThat(status.bool("everyMoment")).contains(true);
    assertThat(status.array("problems").orElseThrow()).isEmpty();
  }

  /** They are for that server alone: a copy of its cluster does not follow them. */
  private static void foreignSettings(ThrowawayPostgres postgres) throws SQLException {
    for (String sql :
        List.of(
            "ALTER SYSTEM SET shared_preload_libraries = 'not_on_this_machine'",
            "ALTER SYSTEM SET archive_mode = on",
            "ALTER SYSTEM SET archive_command = 'false'",
            "ALTER SYSTEM SET ssl_cert_file = '/nowhere'")) {
      superuser(postgres, sql);
    }
  }

  private static void rename(ThrowawayPostgres postgres, String title) throws SQLException {
    postgres
        .address()
        .in(NAME)
        .execute("UPDATE nano SET title = '%1$s', title_key = '%1$s'".formatted(title));
  }

  private static List<String> titles(ThrowawayPostgres postgres) throws SQLException {
    List<String> titles = texts(postgres.address().in(NAME), "SELECT title FROM nano");
    assertThat(titles).hasSize(3);
    return titles;
  }

  private static List<String> slots(ThrowawayPostgres postgres) throws SQLException {
    return texts(postgres.address(), "SELECT slot_name::text FROM pg_replication_slots");
  }

  private static void superuser(ThrowawayPostgres postgres, String sql) throws SQLException {
    postgres.address().execute(sql);
  }

  private static List<String> texts(DatabaseAddress database, String sql) throws SQLException {
    var texts = new ArrayList<String>();
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private void create() throws Exception {
    nanoctl.done("backup", "create");
  }

  private String disk() {
    return folder.resolve("disk").toString();
  }

  private String kit() {
    return folder.resolve("kit.txt").toString();
  }

  /** Encrypted, as the role's password and everybody's data come over that way. */
  private ThrowawayPostgres server() throws IOException {
    var layout = new Layout(new SiteFolder(folder.resolve("authority")));
    Files.createDirectories(layout.state());
    Files.createDirectories(layout.site().secrets());
    PairFiles files = new OwnCertificate(layout, InstantSource.system()).ensure("127.0.0.1");
    Files.copy(layout.authority(), folder.resolve("ca.pem"));
    Path key = Files.copy(files.key(), folder.resolve("server-key.pem"));
    if (OsAccount.current().isRoot()) {
      OsAccount.named("nobody").orElseThrow().own(key);
    }
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path chain = Files.copy(files.certificates(), folder.resolve("server.pem"));
    Files.setPosixFilePermissions(chain, PosixFilePermissions.fromString("rw-r--r--"));
    return ThrowawayPostgres.start(
        List.of(
            "ssl=on",
            "ssl_cert_file=" + chain,
            "ssl_key_file=" + key,
            "max_slot_wal_keep_size=4GB"));
  }

  private static DatabaseAddress make(ThrowawayPostgres postgres) throws SQLException {
    superuser(
        postgres,
        "CREATE ROLE \"%s\" LOGIN REPLICATION PASSWORD '%s'".formatted(ROLE, PASSWORD.value()));
    superuser(postgres, "CREATE DATABASE %s OWNER \"%s\"".formatted(NAME, ROLE));
    return new DatabaseAddress(postgres.address().port(), NAME, ROLE, PASSWORD);
  }

  private void install(DatabaseAddress database) throws Exception {
    Path file = folder.resolve("password");
    Files.writeString(file, PASSWORD.value() + "\n");
    nanoctl.done(
        "install",
        "--no-systemd",
        "--yes",
        "--database",
        "127.0.0.1:%d/%s".formatted(database.port(), NAME),
        "--database-user",
        ROLE,
        "--database-password-file",
        file.toString(),
        "--database-ca",
        folder.resolve("ca.pem").toString(),
        "--port",
        "" + port);
  }
}
