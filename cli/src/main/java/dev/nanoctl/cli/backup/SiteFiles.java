package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Small files of a site in a snapshot, by their paths below the site's folder. */
final class SiteFiles {
  private final Path root;
  private final BlockSink sink;

  SiteFiles(Path root, BlockSink sink) {
    this.root = root;
    this.sink = sink;
  }

  /** Writes a file, a link, or a folder with all that is in it; what is not there is left out. */
  void write(String path) throws IOException {
    Path start = root.resolve(path);
    List<Path> found;
    try (Stream<Path> walk = Files.walk(start)) {
      found = walk.sorted().toList();
    } catch (NoSuchFileException _) {
      return;
    }
    for (Path file : found) {
      one(file);
    }
  }

  private void one(Path file) throws IOException {
    String path = root.relativize(file).toString();
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Instant modified = attributes.lastModifiedTime().toInstant();
    if (attributes.isSymbolicLink()) {
      sink.add(SourceFile.link(path, modified, Files.readSymbolicLink(file).toString()));
    } else if (attributes.isDirectory()) {
      sink.add(SourceFile.directory(path, modified, mode(file)));
    } else if (attributes.isRegularFile()) {
      byte[] content = Files.readAllBytes(file);
      sink.begin(SourceFile.file(path, content.length, modified, mode(file)));
      sink.write(content, 0, content.length);
      sink.end();
    }
  }

  private static int mode(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    int mode = 0;
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
    }
    return mode;
  }
}
