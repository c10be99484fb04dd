package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.core.LiveTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

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
    NavigableMap<Path, BasicFileAttributes> found = new TreeMap<>();
    LiveTree.walk(start, found::put);
    for (var entry : found.entrySet()) {
      try {
        one(entry.getKey(), entry.getValue());
      } catch (NoSuchFileException _) {
        // somebody just replaced a file: what they wrote on has a name of its own until then
      }
    }
  }

  private void one(Path file, BasicFileAttributes attributes) throws IOException {
    String path = root.relativize(file).toString();
    Instant modified = attributes.lastModifiedTime().toInstant();
    if (attributes.isSymbolicLink()) {
      sink.add(SourceFile.link(path, modified, Files.readSymbolicLink(file).toString()));
    } else if (attributes.isDirectory()) {
      sink.add(SourceFile.directory(path, modified, mode(file)));
    } else if (attributes.isRegularFile()) {
      byte[] content = Files.readAllBytes(file);
      int mode = mode(file);
      sink.begin(SourceFile.file(path, content.length, modified, mode));
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
