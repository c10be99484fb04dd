package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.cli.testing.DatabaseOptions;
import dev.nanoctl.cli.testing.Guides;
import dev.nanoctl.cli.testing.LaunchedNanoctl.Job;
import dev.nanoctl.cli.testing.ProofTable;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Backups, restores and drills of an instance whose database somebody else runs. */
class ElsewhereRestoreIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NAME = "lernhof";
  private static final Secret PASSWORD = new Secret("of somebody else");

  /** What neither the server nor its jobs change by themselves. */
  private static final List<String> STILL =
      List.of(
          "app_user",
          "nano",
          "nano_version",
          "nano_category",
          "category",
          "package",
          "schema_history",
          "schema_floor");

  @Test
  void whatWasChangedIsBackAndCanBeUndone() throws Exception {
    try (var postgres = ThrowawayPostgres.start()) {
      DatabaseAddress database = make(postgres, NAME);
      nanoctl.done(DatabaseOptions.install(database, folder, port).toArray(String[]::new));
      nanoctl.done(
          "import", Guides.make(Files.createDirectory(folder.resolve("guides")), 3).toString());
      nanoctl.done("backup", "target", "add", disk(), "--kit", kit());
      Instant before = ProofTable.now();
      String first = create();
      List<String> then = content(database);
      List<Path> objects = objects();
      Instant after = ProofTable.now();
      change(database);
      Files.delete(objects.getFirst());
      List<String> changed = content(database);
      assertThat(changed).isNotEqualTo(then);

      seen(first);
      refusedWishes(before);
      asOf(after, first);
      nanoctl.done("restore", "--yes");
      assertThat(content(database)).isEqualTo(then);
      assertThat(objects()).isEqualTo(objects);
      assertThat(nanos()).isEqualTo(3);
      assertThat(nanoctl.run("restore", "--yes").err()).contains("NC-RESTORE-PENDING");

      nanoctl.done("restore", "undo");
      assertThat(content(database)).isEqualTo(changed);
      assertThat(schemas(database)).doesNotContain("nanoctl_restore", "before");

      killedInTheMiddle(database, first, changed);
      assertThat(content(database)).isEqualTo(then);
      nanoctl.done("restore", "accept");
      assertThat(nanoctl.run("restore", "undo").err()).contains("NC-RESTORE-NONE");
      assertThat(schemas(database)).doesNotContain("nanoctl_restore", "before");
      assertThat(nanos()).isEqualTo(3);
      create();
      drilled();
      lostAndRecovered(postgres, then);
    }
  }

  /** Into a new database, with the kit, the place of the backups and the password there. */
  private void lostAndRecovered(ThrowawayPostgres postgres, List<String> then) throws Exception {
    String config = Files.readString(nanoctl.site().resolve("nanoctl.yml"));
    nanoctl.done("uninstall", "--purge", "--yes");
    String[] recover = {"recover", "--kit", kit(), "--from", disk(), "--no-systemd"};
    // the lost one's database holds what was last written: it is not overwritten
    assertThat(nanoctl.run(recover).err()).contains("NC-DATABASE-FOREIGN");
    assertThat(nanoctl.site()).doesNotExist();

    postgres.address().execute("CREATE DATABASE anew OWNER " + NAME);
    Files.createDirectories(nanoctl.site().resolve("secrets"));
    Files.writeString(
        nanoctl.site().resolve("nanoctl.yml"),
        config.replace("database: " + NAME, "database: anew"));
    nanoctl.done(recover);
    DatabaseAddress anew = postgres.address().in("anew");
    assertThat(content(anew)).isEqualTo(then);
    assertThat(schemas(anew)).doesNotContain("nanoctl_restore", "before");
    assertThat(nanos()).isEqualTo(3);
    create();
  }

  private void seen(String id) throws Exception {
    JsonObject status = nanoctl.done("backup", "status", "--json").json();
    assertThat(status.bool("everyMoment")).contains(false);
    assertThat(status.array("problems").orElseThrow()).isEmpty();
    assertThat(nanoctl.done("backup", "status").out())
        .contains("moments between backups cannot be restored");
    assertThat(nanoctl.done("backup", "verify", id).out()).contains(id.substring(0, 8));
    nanoctl.done("backup", "prune");
    JsonObject shown = nanoctl.done("backup", "show", id, "--json").json();
    assertThat(shown.object("facts").orElseThrow().text("rows.nano")).contains("3");
    assertThat(nanoctl.site().resolve("secrets/replication-password")).doesNotExist();
  }

  private void refusedWishes(Instant before) throws Exception {
    assertThat(nanoctl.run("restore", "--to", "0/3000060", "--yes").err())
        .contains("NC-RESTORE-WHOLE");
    assertThat(nanoctl.run("restore", "--to", before.toString(), "--yes").err())
        .contains("NC-BACKUP-NONE");
  }

  /** A time leads to the backup before it, which is said. */
  private void asOf(Instant after, String id) throws Exception {
    JsonObject plan = nanoctl.done("restore", "--to", after.toString(), "--plan", "--json").json();
    assertThat(plan.text("backup")).contains(id);
    assertThat(plan.text("remark").orElse("")).contains("moments between backups are not kept");
    assertThat(plan.array("plan").orElseThrow().texts())
        .containsExactly("fetch", "stop", "switch", "derived", "render", "start", "healthy");
    assertThat(nanoctl.done("restore", "--plan", "--json").json().has("remark")).isFalse();
  }

  /** Killed while rows come in beside; what is live is as it was, and resume goes on. */
  private void killedInTheMiddle(DatabaseAddress database, String id, List<String> live)
      throws Exception {
    Job job = nanoctl.job("restore", "--to", id.substring(0, 8), "--with-config", "--yes");
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(() -> schemas(database).contains("nanoctl_restore"));
    job.signal("KILL");
    job.end();
    assertThat(content(database)).isEqualTo(live);
    assertThat(nanoctl.run("restore", "--yes").err()).contains("NC-UNFINISHED");
    nanoctl.done("resume");
  }

  private void drilled() throws Exception {
    await().atMost(PATIENCE).until(() -> nanoctl.run("backup", "status", "--quiet").status() == 0);
    JsonObject full = nanoctl.done("drill", "run", "--kit", kit(), "--json").json();
    JsonObject sampled = nanoctl.done("drill", "run", "--sampled", "--json").json();
    for (JsonObject report : List.of(full, sampled)) {
      assertThat(report.bool("ok")).as("%s", Json.text(report)).contains(true);
      assertThat(report.array("checks").orElseThrow().objects())
          .extracting(check -> check.text("name").orElse(""))
          .contains("objects", "load", "rows", "schema", "references", "ledger", "server");
    }
    assertThat(nanoctl.site().resolve("cache").resolve("drill")).doesNotExist();
  }

  private static void change(DatabaseAddress database) throws SQLException {
    for (String sql :
        List.of(
            "UPDATE nano SET title = 'changed', title_key = 'changed'",
            "INSERT INTO category (id, slug, name_de, name_en)"
                + " VALUES (gen_random_uuid(), 'new', 'Neu', 'New')",
            "DELETE FROM nano_category")) {
      database.execute(sql);
    }
  }

  private static List<String> content(DatabaseAddress database) throws SQLException {
    var rows = new ArrayList<String>();
    for (String table : STILL) {
      rows.addAll(texts(database, "SELECT t::text FROM %s t ORDER BY 1".formatted(table)));
    }
    return rows;
  }

  private static String schemas(DatabaseAddress database) throws SQLException {
    return String.join(" ", texts(database, "SELECT nspname FROM pg_namespace"));
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

  private String create() throws Exception {
    nanoctl.done("backup", "create");
    return Json.parseObject(
            Files.readAllBytes(nanoctl.site().resolve("state/backup/first-last.json")))
        .text("id")
        .orElseThrow();
  }

  private String disk() {
    return folder.resolve("disk").toString();
  }

  private String kit() {
    return folder.resolve("kit.txt").toString();
  }

  private static DatabaseAddress make(ThrowawayPostgres postgres, String name) throws SQLException {
    postgres
        .address()
        .execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(NAME, PASSWORD.value()));
    postgres.address().execute("CREATE DATABASE %s OWNER %s".formatted(name, NAME));
    return new DatabaseAddress(postgres.address().port(), name, NAME, PASSWORD);
  }
}
