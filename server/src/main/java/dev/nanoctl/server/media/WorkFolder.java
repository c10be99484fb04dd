package dev.nanoctl.server.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of the owner's alone for files that live as long as one piece of work. */
public final class WorkFolder {
  private static final Duration STALE = Duration.ofHours(6);

  private final Path folder;

  private WorkFolder(Path folder) {
    this.folder = folder;
  }

  /** Opens the folder, making it if it is missing and removing what a crash left in it. */
  public static WorkFolder open(Path folder) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      removeStale(folder);
      return new WorkFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeStale(Path folder) throws IOException {
    Instant before = Instant.now().minus(STALE);
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      try {
        if (changed(file).isBefore(before)) {
          remove(file);
        }
      } catch (NoSuchFileException _) {
        // another server was faster
      }
    }
  }

  private static Instant changed(Path file) throws IOException {
    return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  /** Removes a file or a folder with all that is in it; links are removed, not followed. */
  public static void remove(Path path) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  /** A new empty folder. */
  public Path newFolder() throws IOException {
    return Files.createTempDirectory(folder, "work-");
  }

  /** A new empty file. */
  public Path newFile() throws IOException {
    return Files.createTempFile(folder, "work-", ".part");
  }
}
