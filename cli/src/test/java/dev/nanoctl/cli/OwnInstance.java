package dev.nanoctl.cli;

import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.core.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test has a folder and a free port for an instance, and nothing of them is left after it. */
abstract class OwnInstance {
  protected Path folder = Path.of("");
  protected LaunchedNanoctl nanoctl = new LaunchedNanoctl(folder);
  protected int port;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("nanoctl-it-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    nanoctl = new LaunchedNanoctl(folder.resolve("site"));
    port = LaunchedNanoctl.freePort();
  }

  @AfterEach
  void removeFolder() throws IOException, InterruptedException {
    nanoctl.run("uninstall", "--purge", "--yes");
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The files of all packages, in order; none where there was never one. */
  protected List<Path> objects() throws IOException {
    Path store = nanoctl.site().resolve("objects/objects");
    if (!Files.exists(store)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(store)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** How many nanos everybody sees. */
  protected long nanos() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:%d/api/v1/nanos?limit=1".formatted(port));
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return Json.parseObject(answer.body())
          .object("meta")
          .orElseThrow()
          .integer("total")
          .orElseThrow();
    }
  }
}
