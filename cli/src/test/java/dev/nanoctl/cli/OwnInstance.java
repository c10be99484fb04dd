package dev.nanoctl.cli;

import dev.nanoctl.cli.testing.LaunchedNanoctl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
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
}
