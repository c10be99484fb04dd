package dev.nanoctl.appliance.engine.docker.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.nanoctl.core.site.SiteConfig.Profile;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The services of the rendered project, with secrets that belong to somebody else. */
@TestInstance(Lifecycle.PER_CLASS)
final class ProjectStackIT {
  private static final List<String> SERVICES =
      List.of(
          "postgres",
          "redis-cache",
          "redis-state",
          "objects",
          "entry",
          "prometheus",
          "alertmanager",
          "node-exporter",
          "postgres-exporter",
          "redis-exporter",
          "nginx-exporter");

  @TempDir private static Path folder;
  private StackSite site;

  @BeforeAll
  void start() throws Exception {
    Images images = Images.bundled();
    StackSite.require(
        SERVICES.stream().map(service -> images.of(service).reference()).toArray(String[]::new));
    site =
        new StackSite(
            folder,
            StackSite.spec(
                new StackSite.SiteSpec(
                    Profile.STANDARD, List.of("postgres", "objects", "prometheus"))));
    var up = new ArrayList<>(List.of("up", "--detach", "--wait", "--no-deps"));
    up.addAll(SERVICES);
    site.compose(up.toArray(String[]::new));
  }

  @AfterAll
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void composeUnderstandsEveryProfile(Profile profile, @TempDir Path other) throws Exception {
    var spec = StackSite.spec(new StackSite.SiteSpec(profile, List.of("otel-collector")));
    StackSite rendered = new StackSite(other, spec);
    assertThat(rendered.compose("config", "--quiet").strip()).isEmpty();
    assertThat(rendered.compose("config", "--services").lines())
        .containsExactlyInAnyOrderElementsOf(spec.images().in(profile));
  }

  @Test
  void prometheusAndAlertmanagerAcceptTheirFiles() throws Exception {
    assertThat(exec("prometheus", "promtool", "check", "config", "/etc/prometheus/prometheus.yml"))
        .contains("SUCCESS")
        .doesNotContain("FAILED");
    assertThat(exec("alertmanager", "amtool", "check-config", "/etc/alertmanager/alertmanager.yml"))
        .contains("SUCCESS");
    assertThat(exec("entry", "nginx", "-t")).contains("syntax is ok");
  }

  @Test
  void whatIsKnownOfBackupsReachesPrometheusAndItsAlerts() throws Exception {
    Files.writeString(
        site.root().resolve("state/metrics/backup.prom"),
        "nanoctl_backup_behind_seconds{target=\"first\"} 75\n");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> query("ALERTS{alertname=\"BackupLogBehind\"}").contains("\"target\":\"first\""));
  }

  @Test
  void prometheusReachesEveryExporterAndTheyTheirServices() {
    for (String query :
        List.of(
            "pg_up",
            "redis_up{instance=\"redis-cache:6379\"}",
            "redis_up{instance=\"redis-state:6379\"}",
            "nginx_up",
            "up{job=\"machine\"}",
            "up{job=\"alertmanager\"}")) {
      Awaitility.await(query)
          .atMost(Duration.ofSeconds(45))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> query(query).contains(",\"1\"]"));
    }
  }

  private String query(String query) throws Exception {
    return get(
        "prometheus", "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  private String get(String service, String path) throws Exception {
    int port = Objects.requireNonNull(site.spec().host().ports().get(service));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void theDatabaseIsAsItShouldBe() throws Exception {
    try (Connection superuser = connect("postgres-password")) {
      assertThat(show(superuser, "data_checksums")).isEqualTo("on");
      assertThat(show(superuser, "password_encryption")).isEqualTo("scram-sha-256");
      assertThat(show(superuser, "shared_preload_libraries")).isEqualTo("pg_stat_statements");
      assertThat(show(superuser, "wal_level")).isEqualTo("replica");
      assertThat(show(superuser, "max_slot_wal_keep_size")).isEqualTo("2GB");
      assertThat(show(superuser, "shared_buffers")).isEqualTo("256MB");
      assertThat(show(superuser, "application_name")).isNotNull();
    }
    assertThatCode(() -> connect("token-key").close())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  private Connection connect(String secret) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + site.spec().host().ports().get("postgres") + "/postgres",
        "postgres",
        site.value(secret));
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void noAccountButTheExportersMayComeWithoutPassword() throws Exception {
    assertThat(
            StackSite.attempt(
                    "docker",
                    "exec",
                    site.container("postgres"),
                    "psql",
                    "-wU",
                    "metrics",
                    "-d",
                    "postgres",
                    "-c",
                    "SELECT 1")
                .output())
        .contains("Peer authentication failed");
    assertThat(
            StackSite.attempt(
                    "docker",
                    "exec",
                    "-u",
                    "postgres",
                    site.container("postgres"),
                    "psql",
                    "-wU",
                    "postgres",
                    "-c",
                    "SELECT 1")
                .status())
        .isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-cache", "redis-state"})
  void redisAnswersOnlyWhoKnowsItsPassword(String service) throws Exception {
    assertThat(exec(service, "redis-cli", "get", "a")).contains("NOAUTH");
    String known =
        "AUTH " + site.value(service + "-password") + "\nSET a b\nCONFIG GET maxmemory-policy";
    assertThat(
            exec(service, "sh", "-c", "printf '" + known.replace("\n", "\\n") + "\\n' | redis-cli"))
        .contains("OK")
        .contains(service.equals("redis-cache") ? "allkeys-lru" : "noeviction");
    assertThat(exec(service, "redis-cli", "-u", "redis://metrics:none@127.0.0.1", "get", "a"))
        .contains("NOPERM");
  }

  @Test
  void objectsAreForTheirAccountOnly() throws Exception {
    assertThat(get("objects", "/")).contains("AccessDenied");
    assertThat(exec("objects", "sh", "-c", "cat /proc/net/tcp /proc/net/tcp6"))
        .as("8333 (20 8D) is the only port that listens to others than itself")
        .doesNotContainPattern("00000000:(?!208D)[0-9A-F]{4} 00000000:0000 0A");
  }

  @Test
  void nothingThatDockerShowsOrKeepsIsASecret() throws Exception {
    for (String service : SERVICES) {
      String shown = StackSite.run("docker", "inspect", site.container(service));
      String logged = StackSite.run("docker", "logs", site.container(service));
      assertThat(site.values()).noneMatch(shown::contains).noneMatch(logged::contains);
      assertThat(shown)
          .contains("\"dev.nanoctl.instance\": \"" + site.spec().instance() + "\"")
          .contains("no-new-privileges:true")
          .contains("\"ReadonlyRootfs\": true")
          .contains("\"Name\": \"unless-stopped\"")
          .doesNotContain("\"Memory\": 0,");
    }
  }

  @Test
  void whoServesHasNoRightsOfRootLeft() throws Exception {
    for (String service : List.of("postgres", "redis-cache", "redis-state", "objects")) {
      assertThat(exec(service, "grep", "-E", "^(Uid|CapEff|NoNewPrivs)", "/proc/1/status"))
          .doesNotContainPattern("Uid:\\s+0\\b")
          .containsPattern("CapEff:\\s+0000000000000000")
          .containsPattern("NoNewPrivs:\\s+1");
    }
  }

  private String exec(String service, String... command) throws Exception {
    var all = new ArrayList<>(List.of("docker", "exec", site.container(service)));
    all.addAll(List.of(command));
    return StackSite.attempt(all.toArray(String[]::new)).output();
  }
}
