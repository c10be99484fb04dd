package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.engine.docker.AppImage;
import dev.nanoctl.appliance.engine.docker.Container;
import dev.nanoctl.cli.testing.DockerReturn;
import dev.nanoctl.cli.testing.Guides;
import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.cli.testing.StackSite;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One instance as containers, from an empty machine to an empty machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerEngineStackIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KILLED = 137;
  private static final Set<String> SERVICES =
      Set.of("entry", "app", "postgres", "redis-cache", "redis-state", "search", "objects");

  @TempDir private static Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private StackSite stack;
  private LaunchedNanoctl nanoctl;
  private URI url;

  @BeforeAll
  void install() throws IOException, InterruptedException {
    stack = StackSite.in(folder.resolve("site"));
    nanoctl = stack.nanoctl();
    int port = LaunchedNanoctl.freePort();
    url = URI.create("http://127.0.0.1:" + port);
    JsonObject made =
        nanoctl
            .done(
                "install",
                "--engine",
                "docker",
                "--port",
                Integer.toString(port),
                "--yes",
                "--no-systemd",
                "--json")
            .json();
    assertThat(made.text("engine")).contains("docker");
    assertThat(made.text("url")).contains(url.toString());
  }

  @AfterAll
  void remove() throws IOException, InterruptedException {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  @Order(1)
  void itIsHealthyAndEveryContainerIsTold() throws IOException, InterruptedException {
    JsonObject status = nanoctl.done("status", "--json").json();
    assertThat(status.bool("healthy")).contains(true);
    List<JsonObject> services = status.array("services").orElseThrow().objects().toList();
    assertThat(services).filteredOn(s -> s.has("container")).hasSize(SERVICES.size());
    assertThat(status(url.resolve("/ready"))).isEqualTo(200);
    assertThat(status(url.resolve("/metrics"))).as("not for the world").isEqualTo(404);
  }

  @Test
  @Order(2)
  void noSecretIsInTheEnvironmentOrTheArgumentsOfAContainer() throws IOException {
    List<Path> secrets;
    try (var files = Files.list(nanoctl.site().resolve("secrets"))) {
      secrets = files.filter(Files::isRegularFile).toList();
    }
    assertThat(secrets).hasSizeGreaterThan(8);
    for (Container container : stack.containers()) {
      String all = stack.api().find("/containers/" + container.id() + "/json").toString();
      for (Path secret : secrets) {
        assertThat(all)
            .as("%s in %s", secret.getFileName(), container.service())
            .doesNotContain(Files.readString(secret).strip());
      }
    }
  }

  @Test
  @Order(3)
  void peopleAreMadeAndNanosImported() throws IOException, InterruptedException {
    nanoctl.done("user", "create", "bob@example.org");
    assertThat(nanoctl.done("user", "list").out()).contains("bob@example.org");
    Path guides = Guides.make(Files.createDirectory(folder.resolve("guides")), 6);
    JsonObject first = nanoctl.done("import", guides.toString(), "--json").json();
    assertThat(first.integer("imported")).hasValue(6);
    await().atMost(PATIENCE).until(() -> published() == 6);
    Container app =
        stack.containers().stream()
            .filter(container -> container.service().equals("app"))
            .findFirst()
            .orElseThrow();
    assertThat(stack.api().exec(app.id(), List.of("readlink", "/answers/current")).strip())
        .as("the application tells the entry to forget what it kept")
        .matches("[0-9a-f]{16}");
  }

  @Test
  @Order(4)
  void whatIsAsItShouldBeIsLeftAlone() throws IOException, InterruptedException {
    Set<String> before = ids();
    assertThat(nanoctl.done("install", "--yes").out() + nanoctl.done("start").err())
        .doesNotContain("error");
    assertThat(ids()).isEqualTo(before);
    assertThat(nanoctl.run("drift").status()).isZero();
  }

  @Test
  @Order(4)
  void aChangedConfigurationReplacesOnlyTheAppAndNobodyNotices() throws Exception {
    Set<String> before = ids();
    nanoctl.done("config", "set", "limits.factor", "3");
    var failed = new ArrayList<String>();
    var changing = new AtomicBoolean(true);
    Thread visitor =
        Thread.ofVirtual().start(() -> visit(changing, _ -> "/api/v1/nanos?limit=1", failed));
    nanoctl.done("start");
    changing.set(false);
    visitor.join();
    assertThat(failed).isEmpty();
    Set<String> kept = new HashSet<>(ids());
    kept.retainAll(before);
    assertThat(kept).as("all but the app").hasSize(before.size() - 1);
  }

  private void visit(AtomicBoolean going, IntFunction<String> path, List<String> failed) {
    try {
      for (int n = 0; going.get(); n++) {
        HttpResponse<String> answer = get(url.resolve(path.apply(n)));
        if (answer.statusCode() != 200) {
          failed.add("status " + answer.statusCode());
        }
        Thread.sleep(60);
      }
    } catch (IOException e) {
      failed.add(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Order(5)
  void everyKilledProcessComesBack() throws IOException, InterruptedException {
    for (Container container : stack.containers()) {
      stack.kill(container);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> stack.containers().stream().allMatch(Container::healthy) && ready());
    assertThat(published()).isEqualTo(6);
  }

  @Test
  @Order(6)
  void everySecretGetsANewValueAndNobodyNotices() throws Exception {
    List<String> failed = new CopyOnWriteArrayList<>();
    var rotating = new AtomicBoolean(true);
    Thread reader =
        Thread.ofVirtual().start(() -> visit(rotating, _ -> "/api/v1/nanos?limit=1", failed));
    Thread searcher =
        Thread.ofVirtual()
            .start(() -> visit(rotating, n -> "/api/v1/search?q=guide&n=" + n, failed));
    Path key = nanoctl.site().resolve("secrets/search-master-key");
    String old = Files.readString(key);
    nanoctl.done("secrets", "rotate");
    Thread.sleep(1_000);
    rotating.set(false);
    reader.join();
    searcher.join();
    assertThat(failed).isEmpty();
    assertThat(Files.readString(key)).isNotEqualTo(old).hasLineCount(1);
    assertThat(nanoctl.done("status", "--json").json().bool("healthy")).contains(true);
  }

  @Test
  @Order(6)
  void logsAreShownForOneServiceAndForAll() throws IOException, InterruptedException {
    assertThat(nanoctl.done("logs", "postgres").out()).contains("ready to accept connections");
    assertThat(nanoctl.done("logs", "-n", "100000").out()).contains("postgres", "app", "agent");
    assertThat(nanoctl.run("logs", "servr").status()).isEqualTo(2);
    Path bundle = folder.resolve("bundle.zip");
    JsonObject made = nanoctl.done("support-bundle", "--json", "--output", "" + bundle).json();
    assertThat(made.array("missing").orElseThrow().size()).isZero();
    assertThat(made.array("files").orElseThrow().toString())
        .contains("logs/agent.log", "logs/entry.log", "rendered/docker/", "versions.json");
  }

  @Test
  @Order(7)
  void whatWasLostComesBackFromABucket() throws Exception {
    new DockerReturn(stack, Files.createDirectory(folder.resolve("return"))).run();
    await().atMost(PATIENCE).until(() -> ready() && published() == 6);
  }

  @Test
  @Order(8)
  void aForeignOrEmptyVolumeIsRefusedBeforeAnythingStarts()
      throws IOException, InterruptedException {
    nanoctl.done("stop");
    assertThat(stack.containers()).noneMatch(Container::runs);
    // who ended by itself finished what was under way; the store waits for itself and is killed
    assertThat(stack.containers())
        .filteredOn(container -> !container.service().equals("objects"))
        .allMatch(container -> exitCode(container) != KILLED);
    JsonObject stopped = nanoctl.run("status", "--json").json();
    assertThat(stopped.array("problems").orElseThrow().toString()).contains("NC-STOPPED");

    String note = Files.readString(nanoctl.site().resolve("state/instance.json"));
    String other = stack.instance().replaceFirst("^........", "ffffffff");
    Files.writeString(
        nanoctl.site().resolve("state/instance.json"), note.replace(stack.instance(), other));
    LaunchedNanoctl.Result refused = nanoctl.run("start");
    Files.writeString(nanoctl.site().resolve("state/instance.json"), note);
    assertThat(refused.status()).isEqualTo(12);
    assertThat(refused.err()).contains("NC-VOLUME-FOREIGN");

    nanoctl.done("start");
    await().atMost(PATIENCE).until(this::ready);
  }

  @Test
  @Order(9)
  void withoutPurgeTheDataStayAndAreFoundAgain() throws IOException, InterruptedException {
    String instance = stack.instance();
    nanoctl.done("uninstall", "--yes");
    assertThat(stack.api().containers(instance)).isEmpty();
    assertThat(stack.left(instance)).as("volumes").isEqualTo(5);
    nanoctl.done("install", "--yes", "--no-systemd");
    assertThat(stack.instance()).isEqualTo(instance);
    await().atMost(PATIENCE).until(() -> ready() && published() == 6);
  }

  @Test
  @Order(10)
  void afterAPurgeNothingIsLeft() throws IOException, InterruptedException {
    String instance = stack.instance();
    Path noted = nanoctl.site().resolve("state/app-image");
    String image = Files.readString(noted).strip();
    String upgraded = "nanoctl/app:upgraded-" + instance;
    String foreign = "nanoctl/app:foreign-" + instance;
    tag(image, upgraded);
    tag(image, foreign);
    // as an upgrade does, and the rollback after it
    var layout = new Layout(new SiteFolder(nanoctl.site()));
    AppImage.note(layout, upgraded);
    AppImage.note(layout, image);
    nanoctl.done("uninstall", "--purge", "--yes");
    assertThat(stack.left(instance)).isZero();
    assertThat(stack.api().find("/images/" + upgraded + "/json")).isEmpty();
    assertThat(stack.api().find("/images/" + foreign + "/json")).isPresent();
    stack.api().delete("/images/" + foreign);
    assertThat(left(nanoctl.site())).isEmpty();
  }

  private static List<Path> left(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.toList();
    }
  }

  private static void tag(String image, String other) throws IOException, InterruptedException {
    int status = new ProcessBuilder("docker", "tag", image, other).start().waitFor();
    assertThat(status).isZero();
  }

  private long exitCode(Container container) {
    return stack
        .api()
        .find("/containers/" + container.id() + "/json")
        .flatMap(seen -> seen.object("State"))
        .map(state -> state.integer("ExitCode").orElse(-1))
        .orElseThrow();
  }

  private Set<String> ids() throws IOException {
    return stack.containers().stream().map(Container::id).collect(Collectors.toSet());
  }

  private boolean ready() throws IOException, InterruptedException {
    return status(url.resolve("/ready")) == 200;
  }

  private int status(URI address) throws IOException, InterruptedException {
    try {
      return get(address).statusCode();
    } catch (IOException e) {
      return 0; // the entry is being started
    }
  }

  private long published() throws IOException, InterruptedException {
    HttpResponse<String> answer = get(url.resolve("/api/v1/nanos?limit=1"));
    return answer.statusCode() == 200
        ? Json.parseObject(answer.body()).object("meta").orElseThrow().integer("total").orElse(-1)
        : -1;
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
