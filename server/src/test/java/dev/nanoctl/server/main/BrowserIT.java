package dev.nanoctl.server.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nanoctl.core.Ids;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.account.Accounts;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.TestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journeys of web/test/journeys.mjs in the system's Chromium, on a real server. */
final class BrowserIT {
  private static final Path WEB = Path.of("..", "web").toAbsolutePath().normalize();
  private static final List<String> CHROMIUM =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final int MINUTES = 20;

  @TempDir private Path folder;

  @Test
  void peopleFindTheirWayThroughTheApp() throws IOException, InterruptedException {
    missing().ifPresent(BrowserIT::stop);
    try (TestServer server = TestServer.start()) {
      Path output = folder.resolve("journeys.txt");
      int status = walk(server, output);
      assertThat(status).as(Files.readString(output)).isZero();
    }
  }

  private int walk(TestServer server, Path output) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("node", "test/journeys.mjs")
            .directory(WEB.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("NANOCTL_URL", server.url().toString());
    builder.environment().put("NANOCTL_PEOPLE", people(server).toString());
    Optional.ofNullable(System.getProperty("NANOCTL_GUIDES"))
        .ifPresent(guides -> builder.environment().put("NANOCTL_GUIDES", guides));
    Process process = builder.start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        fail("the journeys are not over after %d minutes:%n%s", MINUTES, Files.readString(output));
      }
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Accounts made for this run, and the file that tells the browser of them. */
  private Path people(TestServer server) throws IOException {
    InstantSource clock = InstantSource.system();
    Platform platform = Platform.beside(server.database().jdbi(), clock, new Ids(clock));
    var accounts =
        new Accounts(platform.jdbi(), platform.audit(), platform.clock(), platform.ids());
    JsonObject.Builder all = JsonObject.builder();
    for (Role role : List.of(Role.CREATOR, Role.MODERATOR)) {
      String email = role.tag() + "@example.org";
      String password = UUID.randomUUID().toString();
      accounts.create(email, role, new Secret(password));
      all.put(
          role.tag(), JsonObject.builder().put("email", email).put("password", password).build());
    }
    JsonObject people = all.build();
    return Files.writeString(folder.resolve("people.json"), Json.text(people));
  }

  /** What the journeys need and this machine does not have. */
  private static Optional<String> missing() {
    if (BrowserIT.class.getResource("/web/index.html") == null) {
      return Optional.of("the web app is not built (skip.web)");
    }
    if (!Files.isDirectory(WEB.resolve("node_modules/playwright-core"))) {
      return Optional.of("web/node_modules is not there");
    }
    if (!onPath("node")) {
      return Optional.of("node is not there");
    }
    return CHROMIUM.stream().noneMatch(name -> Files.isExecutable(Path.of("/usr/bin", name)))
        ? Optional.of("Chromium is not there; apt-get install chromium")
        : Optional.empty();
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void stop(String what) {
    if (Boolean.getBoolean("browser.required")) {
      fail("the browser journeys are required, but " + what);
    }
    Assumptions.abort("browser journeys skipped: " + what);
  }
}
