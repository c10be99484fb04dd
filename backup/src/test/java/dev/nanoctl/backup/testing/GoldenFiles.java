package dev.nanoctl.backup.testing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Repositories that earlier versions wrote, among the resources of the tests. */
public final class GoldenFiles {
  private GoldenFiles() {}

  /**
   * Copies one into a new folder: opening makes a folder for drafts, which must not be made among
   * the resources.
   */
  public static Path copy(String name, Path to) throws IOException, URISyntaxException {
    Path from =
        Path.of(
            Objects.requireNonNull(GoldenFiles.class.getResource("/golden/" + name), name).toURI());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }
}
