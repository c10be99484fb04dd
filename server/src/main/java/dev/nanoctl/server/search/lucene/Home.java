package dev.nanoctl.server.search.lucene;

import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a search index: a lock, one folder for each index, and a file that names the
 * current one. A new index becomes the current one by a rename, so that a crash leaves the old or
 * the new one, never half of each.
 */
final class Home implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Home.class);
  private static final String PREFIX = "index-";

  private final Path folder;
  private final FileChannel lockFile;

  private Home(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /** Takes the folder for this process alone. */
  static Home lock(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new Problem.Locked(
              "NC-SEARCH-INDEX-IN-USE",
              "the search index in " + folder + " is in use by another process",
              "use the running server: nanoctl search reindex")
          .raise();
    }
    return new Home(folder, channel);
  }

  /** The folder of the current index; it need not exist. */
  Path current() throws IOException {
    try {
      String name = Files.readString(folder.resolve("current"), StandardCharsets.UTF_8).strip();
      if (name.startsWith(PREFIX) && name.indexOf('/') < 0) {
        return folder.resolve(name);
      }
    } catch (NoSuchFileException _) {
      // no index yet
    }
    return folder.resolve(PREFIX + "0");
  }

  /** A folder for an index that is to replace the current one. */
  Path fresh() throws IOException {
    String current = current().getFileName().toString();
    long number;
    try {
      number = Long.parseLong(current.substring(PREFIX.length())) + 1;
    } catch (NumberFormatException _) {
      number = 1;
    }
    Path fresh = folder.resolve(PREFIX + number);
    delete(fresh);
    return fresh;
  }

  /** Makes an index the current one. */
  void replace(Path index) throws IOException {
    Path temporary = folder.resolve("current.new");
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(StandardCharsets.UTF_8.encode(index.getFileName() + "\n"));
      out.force(true);
    }
    Files.move(
        temporary,
        folder.resolve("current"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    }
  }

  /** Removes every index but the current one: what a crash or a replacement left behind. */
  void sweep() throws IOException {
    Path current = current();
    List<Path> others = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder, PREFIX + "*")) {
      entries.forEach(others::add);
    }
    for (Path other : others) {
      if (!other.equals(current)) {
        delete(other);
      }
    }
  }

  static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException e)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      LOG.warn("the old search index {} could not be removed", tree, e);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
