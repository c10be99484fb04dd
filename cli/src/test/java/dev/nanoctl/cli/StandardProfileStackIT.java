package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nanoctl.appliance.engine.docker.Container;
import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.cli.testing.StackSite;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig.Profile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The profile {@code standard}, installed although its installation is killed in the middle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandardProfileStackIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private StackSite stack;
  private LaunchedNanoctl nanoctl;

  @BeforeAll
  void installAndKillAndResume() throws IOException, InterruptedException {
    Path site = Files.createDirectory(folder.resolve("site"));
    stack = StackSite.in(site, Profile.STANDARD);
    nanoctl = stack.nanoctl();
    Files.writeString(
        site.resolve("nanoctl.yml"),
        """
        site: {engine: docker}
        docker:
          profile: standard
          http_port: %d
          https_port: %d
        """
            .formatted(LaunchedNanoctl.freePort(), LaunchedNanoctl.freePort()));
    Process killed = nanoctl.start("install", "--engine", "docker", "--yes", "--no-systemd");
    await().atMost(PATIENCE.multipliedBy(2)).until(() -> !containers().isEmpty());
    killed.destroyForcibly().waitFor();
    assertThat(nanoctl.run("start").status()).isNotZero();
    nanoctl.done("resume");
  }

  private List<Container> containers() throws IOException {
    return Files.exists(nanoctl.site().resolve("state/instance.json"))
        ? stack.containers()
        : List.of();
  }

  @AfterAll
  void remove() throws IOException {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  @Order(1)
  void everyServiceIsWellAndNothingIsUnfinished() throws IOException, InterruptedException {
    JsonObject status = nanoctl.done("status", "--json").json();
    assertThat(status.bool("healthy")).contains(true);
    assertThat(stack.containers())
        .extracting(Container::service)
        .contains("prometheus", "alertmanager", "node-exporter", "nginx-exporter")
        .hasSize(13);
    assertThat(nanoctl.done("doctor").out()).contains("nothing is broken");
    var selfTest = nanoctl.run("doctor", "--self-test");
    assertThat(selfTest.status()).as(selfTest.toString()).isZero();
    assertThat(selfTest.out())
        .contains("a Nano was published, found, downloaded and deleted", "✓ left nothing");
  }

  @Test
  @Order(2)
  void prometheusReachesAllThatItWatches() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(targets())
                .containsKeys("app", "postgres", "redis", "entry", "machine", "alertmanager")
                .allSatisfy((_, health) -> assertThat(health).isEqualTo("up")));
  }

  private Map<String, String> targets() throws IOException {
    String answer =
        exec("prometheus", "wget", "-qO-", "http://127.0.0.1:9090/api/v1/targets?state=active");
    JsonArray active =
        Json.parseObject(answer).object("data").orElseThrow().array("activeTargets").orElseThrow();
    return active
        .objects()
        .collect(
            Collectors.toMap(
                target -> target.object("labels").orElseThrow().text("job").orElseThrow(),
                target -> target.text("health").orElseThrow(),
                (one, other) -> one.equals("up") ? other : one));
  }

  @Test
  @Order(3)
  void anAlertIsShownByTheStatusAndPostedToTheWebhook() throws Exception {
    var posted = new CompletableFuture<String>();
    HttpServer listener = HttpServer.create(new InetSocketAddress(0), 0);
    listener.createContext(
        "/alerts",
        exchange -> {
          posted.complete(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    listener.start();
    try {
      nanoctl.done(
          "config",
          "set",
          "docker.alerts.webhook",
          "http://%s:%d/alerts".formatted(gateway(), listener.getAddress().getPort()));
      nanoctl.done("start");
      exec(
          "alertmanager",
          "amtool",
          "--alertmanager.url=http://127.0.0.1:9093",
          "alert",
          "add",
          "TestAlert",
          "severity=warning",
          "--annotation=summary=only a test",
          "--annotation=fix=nanoctl logs app");
      JsonObject status = nanoctl.run("status", "--json").json();
      assertThat(status.array("problems").orElseThrow().toString())
          .contains("NC-ALERT", "TestAlert: only a test", "nanoctl logs app");
      assertThat(posted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).contains("TestAlert");
    } finally {
      listener.stop(0);
    }
  }

  /** This machine, as a container sees it. */
  private String gateway() throws IOException {
    String project = stack.containers().getFirst().project();
    return stack
        .api()
        .find("/networks/" + project + "-watch")
        .flatMap(network -> network.object("IPAM"))
        .flatMap(addresses -> addresses.array("Config"))
        .flatMap(all -> all.objects().findFirst())
        .flatMap(one -> one.text("Gateway"))
        .orElseThrow();
  }

  private String exec(String service, String... command) throws IOException {
    Container container =
        stack.containers().stream()
            .filter(one -> one.service().equals(service))
            .findFirst()
            .orElseThrow();
    return stack.api().exec(container.id(), List.of(command));
  }
}
