package dev.nanoctl.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** What a class path comes to once the jars are followed that jars name. */
final class ClassPaths {
  private ClassPaths() {}

  /** All jars and folders, in the order they are searched. */
  static List<Path> whole(String classPath) {
    Set<Path> found = new LinkedHashSet<>();
    for (String part : classPath.split(File.pathSeparator, -1)) {
      follow(Path.of(part).toAbsolutePath(), found);
    }
    return List.copyOf(found);
  }

  private static void follow(Path part, Set<Path> found) {
    if (!Files.exists(part) || !found.add(part) || Files.isDirectory(part)) {
      return;
    }
    for (String name : named(part)) {
      // names are relative addresses, of which the build makes plain file names
      follow(part.resolveSibling(name), found);
    }
  }

  private static List<String> named(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String names =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return names == null || names.isBlank()
          ? List.of()
          : List.of(names.strip().split("\\s+", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
