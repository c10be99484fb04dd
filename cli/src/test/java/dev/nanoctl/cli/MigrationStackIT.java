package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.cli.testing.Guides;
import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.cli.testing.LaunchedNanoctl.Job;
import dev.nanoctl.cli.testing.StackSite;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that moves from processes into containers, although it is interrupted and killed. */
class MigrationStackIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int NANOS = 3;

  @TempDir private static Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private StackSite stack;
  private LaunchedNanoctl nanoctl;
  private int port;

  @BeforeEach
  void install() throws IOException, InterruptedException {
    stack = StackSite.in(folder.resolve("site"));
    nanoctl = stack.nanoctl();
    port = LaunchedNanoctl.freePort();
    nanoctl.done("install", "--yes", "--no-systemd", "--port", "" + port);
  }

  @Test
  void everythingIsThereAfterwardsAndWhoIsSignedInStaysSo() throws Exception {
    Path guides = Guides.make(Files.createDirectory(folder.resolve("guides")), NANOS);
    nanoctl.done("import", guides.toString());
    nanoctl.done("user", "create", "bob@example.org");
    Path kit = folder.resolve("kit.txt");
    nanoctl.done(
        "backup", "target", "add", folder.resolve("disk").toString(), "--kit", kit.toString());
    String backup = nanoctl.done("backup", "create", "--json").json().text("id").orElseThrow();
    String token = signIn();
    byte[] bytes = download(token);

    interruptedAndUndone();
    assertThat(download(token)).isEqualTo(bytes);

    killedAndResumed();
    assertThat(nanoctl.done("status", "--json").json().text("engine")).contains("docker");
    assertThat(download(token)).as("the token of before, the package of before").isEqualTo(bytes);
    assertThat(nanoctl.done("user", "list").out()).contains("bob@example.org");
    nanoctl.done("audit", "verify");
    await().atMost(PATIENCE).until(() -> total("search?q=Anleitung") == NANOS);
    assertThat(nanoctl.run("migrate", "--engine", "docker", "--yes").err())
        .contains("NC-MIGRATE-ENGINE");

    // the agent may just be taking the first one of the new history itself
    await().atMost(PATIENCE).until(() -> nanoctl.run("backup", "create").status() == 0);
    assertThat(nanoctl.run("restore", "--to", backup, "--yes").err()).contains("NC-RESTORE-ENGINE");

    Path aside = nanoctl.site().resolve("before-migration");
    assertThat(aside.resolve("postgres")).isDirectory();
    nanoctl.done("migrate", "accept");
    assertThat(aside).doesNotExist();
    assertThat(total("nanos?limit=1")).isEqualTo(NANOS);
  }

  /** While containers are there already; the processes answer again, and nothing is left. */
  private void interruptedAndUndone() throws Exception {
    Job job = nanoctl.job("migrate", "--engine", "docker", "--yes");
    await().atMost(PATIENCE).until(() -> !stack.containers().isEmpty() || !job.process().isAlive());
    job.signal("INT");
    assertThat(job.end().err()).contains("NC-INTERRUPTED");
    assertThat(stack.containers()).isEmpty();
    assertThat(stack.left(stack.instance())).isZero();
    await().atMost(PATIENCE).until(() -> nanoctl.run("status", "--quiet").status() == 0);
    assertThat(nanoctl.site().resolve("docker")).doesNotExist();
    assertThat(total("nanos?limit=1")).isEqualTo(NANOS);
    nanoctl.done("drift");
  }

  private void killedAndResumed() throws Exception {
    Job job = nanoctl.job("migrate", "--engine", "docker", "--yes");
    await().atMost(PATIENCE).until(() -> !stack.containers().isEmpty() || !job.process().isAlive());
    job.signal("KILL");
    job.end();
    assertThat(nanoctl.run("start").err()).contains("NC-UNFINISHED");
    nanoctl.done("resume");
  }

  private String signIn() throws IOException, InterruptedException {
    String body =
        Json.text(
            JsonObject.builder()
                .put("email", "admin@nanoctl.internal")
                .put("password", nanoctl.secret("admin-password"))
                .build());
    HttpRequest request =
        HttpRequest.newBuilder(address("auth/login"))
            .header("Content-Type", "application/json")
            .header("X-Auth-Mode", "bearer")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return data(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .text("access_token")
        .orElseThrow();
  }

  private byte[] download(String token) throws IOException, InterruptedException {
    String list = get("nanos?limit=1", HttpResponse.BodyHandlers.ofString());
    String id =
        Json.parseObject(list)
            .array("data")
            .orElseThrow()
            .objects()
            .findFirst()
            .orElseThrow()
            .text("id")
            .orElseThrow();
    HttpRequest request =
        HttpRequest.newBuilder(address("nanos/" + id + "/versions/1.0.0/download"))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private long total(String path) throws IOException, InterruptedException {
    return Json.parseObject(get(path, HttpResponse.BodyHandlers.ofString()))
        .object("meta")
        .orElseThrow()
        .integer("total")
        .orElseThrow();
  }

  private <T> T get(String path, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(address(path)).build(), body).body();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, path));
  }

  private static JsonObject data(String answer) {
    return Json.parseObject(answer).object("data").orElseThrow();
  }

  @AfterEach
  void remove() throws IOException, InterruptedException {
    http.close();
    if (stack != null) {
      stack.close();
    }
  }
}
