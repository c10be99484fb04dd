package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.tls.OwnCertificate;
import dev.nanoctl.appliance.tls.PairFiles;
import dev.nanoctl.cli.testing.DatabaseOptions;
import dev.nanoctl.cli.testing.Guides;
import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.cli.testing.LaunchedNanoctl.Result;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An instance whose database is on a PostgreSQL that somebody else runs, from install to purge. */
class ExternalDatabaseIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NAME = "lernhof";
  private static final Secret PASSWORD = new Secret("nano_twin:not what it seems");
  private static final String NANOS = "SELECT count(*) FROM nano";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void itLivesOnADatabaseOfSomebodyElseAndLeavesItAsItWas() throws Exception {
    try (var postgres = ThrowawayPostgres.start()) {
      DatabaseAddress database = make(postgres);
      JsonObject installed = install(postgres).json();
      assertThat(installed.bool("healthy")).contains(true);
      assertThat(nanoctl.site().resolve("postgres")).doesNotExist();
      assertThat(Files.readString(nanoctl.site().resolve("nanoctl.yml")))
          .contains("database: " + NAME)
          .doesNotContain(PASSWORD.value());
      assertThat(Files.readString(nanoctl.site().resolve("state/journal.jsonl")))
          .doesNotContain(PASSWORD.value());
      Path secret = nanoctl.site().resolve("secrets/database-password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");

      anotherInstanceIsRefused(postgres);
      everyVerbWorksOrSaysWhyNot(postgres, installed);
      anOutageIsToldAndSurvived(postgres);
      aNewPasswordIsTakenFromItsFile(postgres, database);

      long nanos = number(database, NANOS);
      assertThat(nanos).isEqualTo(12);
      nanoctl.done("uninstall", "--yes");
      nanoctl.done("install", "--yes", "--no-systemd");
      assertThat(published()).isEqualTo(nanos);

      String told = nanoctl.done("uninstall", "--purge", "--yes").out();
      assertThat(told).contains("/" + NAME + " stays as it is");
      assertThat(nanoctl.site()).doesNotExist();
      assertThat(number(database, NANOS)).isEqualTo(nanos);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(
                      number(
                          postgres.address(),
                          "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + NAME + "'"))
                  .isZero());
      // it is not empty, and its instance is no more
      Result again = run(nanoctl, postgres, PASSWORD.value());
      assertThat(code(again)).isEqualTo("NC-DATABASE-FOREIGN");
      assertThat(number(database, NANOS)).isEqualTo(nanos);
    }
  }

  private void anotherInstanceIsRefused(ThrowawayPostgres postgres) throws Exception {
    var other = new LaunchedNanoctl(folder.resolve("other"));
    Result refused = run(other, postgres, PASSWORD.value());
    assertThat(refused.status()).isEqualTo(12);
    assertThat(code(refused)).isEqualTo("NC-DATABASE-FOREIGN");
    assertThat(other.site()).doesNotExist();
  }

  private void everyVerbWorksOrSaysWhyNot(ThrowawayPostgres postgres, JsonObject installed)
      throws Exception {
    signIn(installed);
    nanoctl.done(
        "import", Guides.make(Files.createDirectory(folder.resolve("guides")), 12).toString());
    assertThat(published()).isEqualTo(12);
    assertThat(nanoctl.done("user", "list").out()).contains("admin@");
    JsonObject status = nanoctl.done("status", "--json").json();
    JsonObject seen = service(status, "postgres");
    assertThat(seen.text("state")).contains("running");
    assertThat(seen.has("pid")).isFalse();
    assertThat(seen.text("detail").orElse("")).contains("/" + NAME);
    assertThat(status.object("database").orElseThrow().integer("bytes").orElseThrow()).isPositive();
    JsonObject doctor = nanoctl.done("doctor", "--json").json();
    assertThat(doctor.array("checks").orElseThrow().objects())
        .filteredOn(check -> check.text("name").orElse("").startsWith("database-"))
        .hasSize(10)
        .allSatisfy(check -> assertThat(check.text("outcome")).contains("ok"));
    assertThat(nanoctl.done("drift", "--json").json().array("changed").orElseThrow()).isEmpty();
    nanoctl.done("logs", "--json");
    nanoctl.done("support-bundle", "--output", folder.resolve("bundle.zip").toString());
    assertThat(nanoctl.done("resume").status()).isZero();

    assertThat(nanoctl.done("secrets", "list").out()).doesNotContain("postgres-password");
    nanoctl.done("secrets", "rotate", "link-key");
    refused("NC-DATABASE-EXTERNAL", "secrets", "rotate", "database-password");
    refused("NC-DATABASE-EXTERNAL", "migrate", "--engine", "docker", "--plan");
    refused("NC-NO-CONTAINERS", "upgrade");

    nanoctl.done("config", "set", "postgres.external.port", "1");
    refused("NC-DATABASE-UNREACHABLE", "restart");
    nanoctl.done("config", "set", "postgres.external.port", "" + postgres.address().port());
    DatabaseAddress empty = make(postgres, "empty");
    nanoctl.done("config", "set", "postgres.external.database", empty.database());
    refused("NC-DATABASE-DIFFERS", "restart");
    assertThat(published()).isEqualTo(12);
    nanoctl.done("config", "set", "postgres.external.database", NAME);
    // the same database under another name of its host
    nanoctl.done("config", "set", "postgres.external.host", "localhost");
    nanoctl.done("restart");
    assertThat(published()).isEqualTo(12);
    assertThat(Files.readString(nanoctl.site().resolve("state/instance.json")))
        .contains("localhost");

    nanoctl.done("stop");
    assertThat(nanoctl.run("status").out()).contains("stopped");
    nanoctl.done("start");
    assertThat(published()).isEqualTo(12);
  }

  private void anOutageIsToldAndSurvived(ThrowawayPostgres postgres) throws Exception {
    postgres.crash();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(get("/ready").statusCode()).isEqualTo(503));
    assertThat(get("/health").statusCode()).isEqualTo(200);
    Result status = nanoctl.run("status", "--json");
    assertThat(status.status()).isEqualTo(3);
    assertThat(status.json().array("problems").orElseThrow().toString())
        .contains("NC-DATABASE-DOWN");
    assertThat(service(status.json(), "postgres").text("state")).contains("down");
    assertThat(nanoctl.run("doctor", "--json").out()).contains("NC-DATABASE-UNREACHABLE");
    refused("NC-DATABASE-UNREACHABLE", "user", "list");
    postgres.startAgain();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(nanoctl.run("status", "--quiet").status()).isZero();
          assertThat(published()).isEqualTo(12);
        });
  }

  private void aNewPasswordIsTakenFromItsFile(ThrowawayPostgres postgres, DatabaseAddress database)
      throws Exception {
    String next = PASSWORD.value() + "2";
    postgres.address().execute("ALTER ROLE %s PASSWORD '%s'".formatted(NAME, next));
    Files.writeString(nanoctl.site().resolve("secrets/database-password"), next + "\n");
    nanoctl.done("restart");
    assertThat(published()).isEqualTo(12);
    assertThat(database.answers()).as("the old password").isFalse();
    postgres.address().execute("ALTER ROLE %s PASSWORD '%s'".formatted(NAME, PASSWORD.value()));
    Files.writeString(nanoctl.site().resolve("secrets/database-password"), PASSWORD.value() + "\n");
    nanoctl.done("restart");
  }

  @Test
  void whatIsWrongWithTheDatabaseIsSaidBeforeAnythingIsDone() throws Exception {
    try (var postgres = ThrowawayPostgres.start()) {
      DatabaseAddress database = make(postgres);
      DatabaseAddress root = postgres.address();
      wrong(postgres, "wrong", "NC-DATABASE-LOGIN");
      var verified = new ArrayList<>(options(postgres, PASSWORD.value()));
      verified.set(verified.indexOf("off"), "verify-full");
      assertThat(code(nanoctl.run(verified.toArray(String[]::new)))).isEqualTo("NC-DATABASE-TLS");
      Result silent =
          nanoctl.run(options(postgres, PASSWORD.value()).subList(0, 8).toArray(String[]::new));
      assertThat(silent.status()).isEqualTo(2);
      assertThat(silent.out() + silent.err()).contains("--database-password-file");

      root.execute("ALTER ROLE %s CONNECTION LIMIT 5".formatted(NAME));
      wrong(postgres, PASSWORD.value(), "NC-DATABASE-CONNECTIONS");
      root.execute("ALTER ROLE %s CONNECTION LIMIT -1".formatted(NAME));

      root.execute("ALTER DATABASE %s OWNER TO %s".formatted(NAME, root.user()));
      wrong(postgres, PASSWORD.value(), "NC-DATABASE-RIGHTS");
      root.execute("GRANT CREATE ON DATABASE %1$s TO %1$s".formatted(NAME));
      wrong(postgres, PASSWORD.value(), "NC-DATABASE-RIGHTS");
      root.in(NAME).execute("GRANT CREATE ON SCHEMA public TO " + NAME);

      root.in(NAME).execute("CREATE TABLE invoice (n int)");
      wrong(postgres, PASSWORD.value(), "NC-DATABASE-FOREIGN");
      assertThat(number(root.in(NAME), "SELECT count(*) FROM invoice")).isZero();
      root.in(NAME).execute("DROP TABLE invoice");

      // neither the owner nor more than it needs
      assertThat(install(postgres).json().bool("healthy")).contains(true);
      assertThat(published()).isZero();
      assertThat(number(database, "SELECT count(*) FROM nanoctl_instance.stamp")).isEqualTo(1);
    }
  }

  @Test
  void onTheWayToItsDatabaseTheCertificateIsVerified() throws Exception {
    Layout made = layout("authority");
    PairFiles files = new OwnCertificate(made, InstantSource.system()).ensure("127.0.0.1");
    Path key = folder.resolve("server-key.pem");
    Files.copy(files.key(), key);
    if (OsAccount.current().isRoot()) {
      OsAccount.named("nobody").orElseThrow().own(key);
    }
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path chain = Files.copy(files.certificates(), folder.resolve("server.pem"));
    Files.setPosixFilePermissions(chain, PosixFilePermissions.fromString("rw-r--r--"));
    try (var postgres =
        ThrowawayPostgres.start(
            List.of(
                "listen_addresses=127.0.0.1,127.0.0.2",
                "ssl=on",
                "ssl_cert_file=" + chain,
                "ssl_key_file=" + key))) {
      make(postgres);
      var verified = new ArrayList<>(options(postgres, PASSWORD.value()));
      verified.set(verified.indexOf("off"), "verify-full");
      assertThat(code(nanoctl.run(verified.toArray(String[]::new)))).isEqualTo("NC-DATABASE-TLS");
      var strange = layout("strange");
      new OwnCertificate(strange, InstantSource.system()).ensure("127.0.0.1");
      verified.add("--database-ca");
      verified.add(strange.authority().toString());
      assertThat(code(nanoctl.run(verified.toArray(String[]::new)))).isEqualTo("NC-DATABASE-TLS");
      verified.set(verified.size() - 1, made.authority().toString());
      var elsewhere = new ArrayList<>(verified);
      elsewhere.replaceAll(option -> option.replace("127.0.0.1", "127.0.0.2"));
      assertThat(code(nanoctl.run(elsewhere.toArray(String[]::new)))).isEqualTo("NC-DATABASE-TLS");
      assertThat(nanoctl.site()).doesNotExist();

      nanoctl.done(verified.toArray(String[]::new));
      assertThat(published()).isZero();
      String sessions =
          "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
              + " WHERE usename = '%s' AND ssl = %s";
      assertThat(number(postgres.address(), sessions.formatted(NAME, "true"))).isPositive();
      assertThat(number(postgres.address(), sessions.formatted(NAME, "false"))).isZero();
    }
  }

  private Layout layout(String name) throws IOException {
    var layout = new Layout(new SiteFolder(folder.resolve(name)));
    Files.createDirectories(layout.state());
    Files.createDirectories(layout.site().secrets());
    return layout;
  }

  private static DatabaseAddress make(ThrowawayPostgres postgres) throws SQLException {
    postgres
        .address()
        .execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(NAME, PASSWORD.value()));
    return make(postgres, NAME);
  }

  private static DatabaseAddress make(ThrowawayPostgres postgres, String name) throws SQLException {
    postgres.address().execute("CREATE DATABASE %s OWNER %s".formatted(name, NAME));
    return new DatabaseAddress(postgres.address().port(), name, NAME, PASSWORD);
  }

  private Result install(ThrowawayPostgres postgres) throws Exception {
    return nanoctl.done(options(postgres, PASSWORD.value()).toArray(String[]::new));
  }

  private Result run(LaunchedNanoctl program, ThrowawayPostgres postgres, String password)
      throws Exception {
    return program.run(options(postgres, password).toArray(String[]::new));
  }

  private List<String> options(ThrowawayPostgres postgres, String password) throws IOException {
    var entered = new DatabaseAddress(postgres.address().port(), NAME, NAME, new Secret(password));
    return DatabaseOptions.install(entered, folder, port);
  }

  private void wrong(ThrowawayPostgres postgres, String password, String code) throws Exception {
    Result result = run(nanoctl, postgres, password);
    assertThat(code(result)).as("%s", result).isEqualTo(code);
    assertThat(result.status()).isEqualTo(12);
    assertThat(result.out() + result.err()).doesNotContain(PASSWORD.value());
    assertThat(nanoctl.site()).doesNotExist();
  }

  private void refused(String code, String... arguments) throws Exception {
    var line = new ArrayList<>(List.of(arguments));
    line.add("--json");
    Result result = nanoctl.run(line.toArray(String[]::new));
    assertThat(result.status()).as("%s", result).isNotZero();
    assertThat(code(result)).as("%s", result).isEqualTo(code);
  }

  private static String code(Result result) {
    return result.json().object("error").orElseThrow().text("code").orElseThrow();
  }

  private static JsonObject service(JsonObject status, String name) {
    return status
        .array("services")
        .orElseThrow()
        .objects()
        .filter(service -> service.text("name").orElse("").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void signIn(JsonObject installed) throws Exception {
    JsonObject admin = installed.object("admin").orElseThrow();
    String password = Files.readString(Path.of(admin.text("passwordFile").orElseThrow())).strip();
    String body =
        Json.text(json ->
            json.object(o ->
                o.field("email", admin.text("email").orElseThrow()).field("password", password)));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What visitors find. */
  private long published() throws Exception {
    JsonObject answer = Json.parseObject(get("/api/v1/nanos?limit=1").body());
    return answer.object("meta").orElseThrow().integer("total").orElseThrow();
  }

  private static long number(DatabaseAddress database, String query) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
