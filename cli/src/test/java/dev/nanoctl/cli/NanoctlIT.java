package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nanoctl.cli.testing.Guides;
import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The life of one real instance, through the launcher, from install to purge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NanoctlIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Path folder = Path.of("");
  private LaunchedNanoctl nanoctl = new LaunchedNanoctl(folder);
  private JsonObject installed = JsonObject.EMPTY;
  private int port;

  @BeforeAll
  void install() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("nanoctl-it-");
    // the account that PostgreSQL runs under must be able to pass
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    nanoctl = new LaunchedNanoctl(folder.resolve("site"));
    port = LaunchedNanoctl.freePort();
    installed =
        nanoctl
            .done(
                "install",
                "--yes",
                "--json",
                "--no-systemd",
                "--name",
                "probe",
                "--port",
                "" + port)
            .json();
  }

  @AfterAll
  void purge() throws IOException, InterruptedException {
    nanoctl.run("uninstall", "--purge", "--yes");
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  @Order(1)
  void theInstalledInstanceIsHealthyAndSaysWhere() throws Exception {
    assertThat(installed.integer("schema")).hasValue(1);
    assertThat(installed.text("instance")).contains("probe");
    assertThat(installed.text("engine")).contains("embedded");
    assertThat(installed.bool("healthy")).contains(true);
    assertThat(installed.text("url")).contains("http://127.0.0.1:" + port);
    assertThat(get("/health").statusCode()).isEqualTo(200);

    JsonObject status = nanoctl.done("status", "--json").json();
    assertThat(status.names())
        .contains("schema", "instance", "engine", "healthy", "url", "version", "services")
        .contains("backup", "problems");
    assertThat(services(status)).containsExactlyInAnyOrder("agent", "postgres", "server");
    String text = nanoctl.done("status").out();
    assertThat(text).startsWith("probe · embedded · ").contains("● server").contains("healthy for");
    assertThat(text).doesNotContain("\u001b");
  }

  @Test
  @Order(2)
  void theFirstAdminSignsInWithTheGeneratedPassword() throws Exception {
    JsonObject admin = installed.object("admin").orElseThrow();
    Path file = Path.of(admin.text("passwordFile").orElseThrow());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String password = Files.readString(file).strip();
    assertThat(password).hasSizeGreaterThanOrEqualTo(22);
    HttpResponse<String> answer =
        post(
            "/api/v1/auth/login",
            Json.text(json ->
                json.object(o ->
                    o.field("email", admin.text("email").orElseThrow())
                        .field("password", password))));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.parseObject(answer.body()).object("data").orElseThrow().object("user"))
        .hasValueSatisfying(user -> assertThat(user.text("role")).contains("admin"));
  }

  @Test
  @Order(2)
  void aServerOfRootsHasGivenUpWhatItDoesNotNeed() throws Exception {
    String own = Files.readString(Path.of("/proc/self/status"));
    assumeTrue((effective(own) >> 8 & 1) == 1, "whoever is not root has nothing to give up");
    String server = Files.readString(Path.of("/proc/" + pid("server") + "/status"));
    assertThat(server).containsPattern("NoNewPrivs:\\s+1");
    // to read what is there, and to listen on any port
    assertThat(effective(server)).isEqualTo(1L << 2 | 1L << 10);
    assertThat(server).containsPattern("CapBnd:\\s+0+404\n");
  }

  private static long effective(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("CapEff:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .findFirst()
        .orElse(0);
  }

  @Test
  @Order(3)
  void aSecondInstallChangesNothing() throws Exception {
    var before = pids();
    var again = nanoctl.done("install", "--yes", "--json", "--port", "" + port).json();
    assertThat(again.bool("changed")).contains(false);
    assertThat(pids()).isEqualTo(before);
    assertThat(nanoctl.done("install", "--yes").out()).contains("nothing to do");
    var other = nanoctl.run("install", "--yes", "--json", "--port", "1");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.json().object("error").orElseThrow().text("code")).contains("NC-SITE-DIFFERS");
  }

  @Test
  @Order(4)
  void accountsAreMadeListedAndChanged() throws Exception {
    JsonObject made =
        nanoctl.done("user", "create", "ada@example.org", "--role", "creator", "--json").json();
    assertThat(made.text("link").orElseThrow()).contains("/anmelden/link#");
    assertThat(nanoctl.run("user", "create", "ada@example.org").status()).isEqualTo(2);
    nanoctl.done("user", "role", "ada@example.org", "moderator");
    assertThat(nanoctl.done("user", "list").out())
        .contains("ada@example.org")
        .contains("moderator");
    var last = nanoctl.run("user", "role", "admin@nanoctl.internal", "consumer", "--json");
    assertThat(last.json().object("error").orElseThrow().text("code")).contains("NC-LAST-ADMIN");
    assertThat(nanoctl.done("audit", "verify", "--json").json().bool("ok")).contains(true);
  }

  @Test
  @Order(5)
  void anImportIsIdempotentAndNamesWhatItRejects() throws Exception {
    Path guides = Guides.make(Files.createDirectory(folder.resolve("small")), 12);
    Guides.spoil(guides, 7);
    JsonObject first = nanoctl.done("import", guides.toString(), "--json").json();
    assertThat(first.integer("imported")).hasValue(11);
    JsonObject rejected = first.array("rejected").orElseThrow().objects().findFirst().orElseThrow();
    assertThat(rejected.text("entry").orElseThrow()).contains("guide-7");
    assertThat(rejected.text("code")).contains("VALIDATION_ERROR");
    JsonObject second = nanoctl.done("import", guides.toString(), "--json").json();
    assertThat(second.integer("imported")).hasValue(0);
    assertThat(second.integer("unchanged")).hasValue(11);
    assertThat(published()).isEqualTo(11);
    assertThat(nanoctl.done("import", guides.toString()).out())
        .contains("VALIDATION_ERROR")
        .contains("1 rejected");
  }

  @Test
  @Order(6)
  void aKilledImportGoesOnWhereItStopped() throws Exception {
    Path guides = Guides.make(Files.createDirectory(folder.resolve("large")), 150);
    long before = published();
    Process importing = nanoctl.start("import", guides.toString());
    await().atMost(PATIENCE).until(() -> published() > before + 5 || !importing.isAlive());
    importing.descendants().forEach(ProcessHandle::destroyForcibly);
    importing.destroyForcibly();
    assertThat(importing.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(importing.exitValue()).isEqualTo(137);

    JsonObject rest = nanoctl.done("import", guides.toString(), "--json").json();
    assertThat(rest.array("rejected").orElseThrow()).isEmpty();
    long all = rest.integer("imported").orElseThrow() + rest.integer("unchanged").orElseThrow();
    assertThat(all).isEqualTo(150);
    assertThat(rest.integer("imported").orElseThrow()).isLessThan(150);
    // the twelve of the other test say that they are the same guides
    assertThat(published()).isEqualTo(150);
  }

  @Test
  @Order(7)
  void aKilledServerAndAKilledPostgresComeBack() throws Exception {
    for (String service : new String[] {"server", "postgres"}) {
      long nanos = published();
      long pid = pid(service);
      assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(nanoctl.run("status", "--quiet").status()).isZero();
            assertThat(pid(service)).isNotEqualTo(pid);
          });
      assertThat(published()).isEqualTo(nanos);
    }
  }

  @Test
  @Order(8)
  void aKilledAgentIsReportedAndStartMendsIt() throws Exception {
    long server = pid("server");
    assertThat(ProcessHandle.of(pid("agent")).orElseThrow().destroyForcibly()).isTrue();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(nanoctl.run("status", "--quiet").status()).isEqualTo(3));
    JsonObject problem =
        nanoctl
            .run("status", "--json")
            .json()
            .array("problems")
            .orElseThrow()
            .objects()
            .findFirst()
            .orElseThrow();
    assertThat(problem.text("code")).contains("NC-AGENT-DOWN");
    assertThat(problem.text("fix")).contains("nanoctl start");
    nanoctl.done("start");
    assertThat(nanoctl.run("status", "--quiet").status()).isZero();
    assertThat(pid("server")).isEqualTo(server);
  }

  @Test
  @Order(9)
  void aChangedPortHoldsAfterARestart() throws Exception {
    int other = LaunchedNanoctl.freePort();
    var bad = nanoctl.run("config", "set", "server.port", "99999", "--json");
    assertThat(bad.status()).isEqualTo(13);
    nanoctl.done("config", "set", "server.port", "" + other);
    nanoctl.done("restart");
    port = other;
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(nanoctl.done("config", "get", "server.port").out()).isEqualTo(other + "\n");
  }

  @Test
  @Order(10)
  void whatWasAcknowledgedIsThereAfterStopAndStart() throws Exception {
    long nanos = published();
    nanoctl.done("stop");
    var stopped = nanoctl.run("status", "--json");
    assertThat(stopped.status()).isEqualTo(3);
    assertThat(stopped.json().bool("healthy")).contains(false);
    var off = nanoctl.run("user", "list", "--json");
    assertThat(off.status()).isEqualTo(14);
    assertThat(off.json().object("error").orElseThrow().text("code"))
        .contains("NC-DATABASE-UNREACHABLE");
    nanoctl.done("start");
    assertThat(published()).isEqualTo(nanos);
  }

  @Test
  @Order(11)
  void logsAndDoctorTell() throws Exception {
    assertThat(nanoctl.done("logs", "server", "-n", "5").out().lines()).hasSizeLessThanOrEqualTo(5);
    assertThat(nanoctl.done("logs", "--json").out().lines())
        .allSatisfy(line -> assertThat(Json.parseObject(line).has("service")).isTrue());
    JsonObject doctor = nanoctl.done("doctor", "--json").json();
    assertThat(doctor.bool("healthy")).contains(true);
    JsonObject test = nanoctl.done("doctor", "--self-test", "--json").json();
    assertThat(test.array("checks").orElseThrow().objects())
        .allSatisfy(check -> assertThat(check.bool("detected")).contains(true));
    assertThat(test.array("journey").orElseThrow().objects())
        .hasSize(10)
        .allSatisfy(step -> assertThat(step.bool("ok")).as("" + step).contains(true));
    assertThat(nanoctl.done("drift", "--json").json().array("changed").orElseThrow()).isEmpty();
  }

  @Test
  @Order(11)
  void aFileChangedByHandIsKeptAndShownFromThreeSides() throws Exception {
    Path file = nanoctl.site().resolve("postgres/data/postgresql.conf");
    Files.writeString(
        file, "log_min_duration_statement = 250\n", java.nio.file.StandardOpenOption.APPEND);
    String byHand = Files.readString(file);
    nanoctl.done("config", "set", "postgres.connections", "50");
    nanoctl.done("restart");
    assertThat(Files.readString(file)).isEqualTo(byHand);
    var drift = nanoctl.run("drift", "--json");
    assertThat(drift.status()).isEqualTo(3);
    JsonObject changed =
        drift.json().array("files").orElseThrow().objects().findFirst().orElseThrow();
    assertThat(changed.array("byHand").orElseThrow().toString())
        .contains("log_min_duration_statement = 250");
    assertThat(changed.array("byNanoctl").orElseThrow().toString())
        .contains("max_connections = 40", "max_connections = 50");
    Files.delete(file);
    nanoctl.done("restart");
    assertThat(Files.readString(file)).contains("max_connections = 50");
    assertThat(nanoctl.done("drift", "--json").json().array("changed").orElseThrow()).isEmpty();
  }

  @Test
  @Order(12)
  void anUninstallKeepsTheDataAndAnInstallFindsThem() throws Exception {
    long nanos = published();
    nanoctl.done("uninstall", "--yes");
    assertThat(nanoctl.run("status").status()).isEqualTo(10);
    nanoctl.done("install", "--yes", "--no-systemd");
    assertThat(published()).isEqualTo(nanos);
  }

  @Test
  @Order(13)
  void aPurgeLeavesNothing() throws Exception {
    Set<Long> before = Set.copyOf(pids());
    nanoctl.done("uninstall", "--purge", "--yes");
    assertThat(nanoctl.site()).doesNotExist();
    // whoever adopted them may take a moment to collect them
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(before).noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    assertThat(nanoctl.run("status", "--json").status()).isEqualTo(10);
  }

  private long published() throws IOException, InterruptedException {
    JsonObject answer = Json.parseObject(get("/api/v1/nanos?limit=1").body());
    return answer.object("meta").orElseThrow().integer("total").orElseThrow();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static Set<String> services(JsonObject status) {
    return status
        .array("services")
        .orElseThrow()
        .objects()
        .map(service -> service.text("name").orElseThrow())
        .collect(Collectors.toSet());
  }

  private Set<Long> pids() throws IOException, InterruptedException {
    return nanoctl
        .run("status", "--json")
        .json()
        .array("services")
        .orElseThrow()
        .objects()
        .flatMap(service -> service.integer("pid").stream().boxed())
        .collect(Collectors.toSet());
  }

  private long pid(String name) throws IOException, InterruptedException {
    return nanoctl
        .run("status", "--json")
        .json()
        .array("services")
        .orElseThrow()
        .objects()
        .filter(service -> service.text("name").equals(java.util.Optional.of(name)))
        .mapToLong(service -> service.integer("pid").orElse(0))
        .findFirst()
        .orElse(0);
  }
}
