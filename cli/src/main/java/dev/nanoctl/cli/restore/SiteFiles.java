package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configuration and the secrets in a snapshot. */
public final class SiteFiles {
  /** What takes the place of the live ones, relative to the site's folder. */
  static final List<String> NAMES = List.of("nanoctl.yml", Layout.IMAGES, "secrets");

  private final RestoreFolders folders;

  SiteFiles(RestoreFolders folders) {
    this.folders = folders;
  }

  /** Writes them beside the live ones. */
  void fetch(Snapshot snapshot) throws IOException {
    write(snapshot, folders.next(), Set.of(Part.CONFIG, Part.SECRETS));
  }

  /** Writes the site's own images where a snapshot has them and nobody put others there. */
  static void writeImages(Snapshot snapshot, Path root) throws IOException {
    Path path = root.resolve(Layout.IMAGES);
    for (SnapshotFile file : snapshot.manifest().files()) {
      if (file.part() == Part.CONFIG
          && file.source().path().equals(Layout.IMAGES)
          && !Files.exists(path)) {
        DurableFile.write(path, content(snapshot, file), "rw-------");
      }
    }
  }

  /** Writes small files of a snapshot below a folder, for their owner only. */
  static void write(Snapshot snapshot, Path root, Set<Part> parts) throws IOException {
    for (SnapshotFile file : snapshot.manifest().files()) {
      boolean ours = parts.contains(file.part());
      if (ours && file.source().kind() != SourceFile.Kind.DIRECTORY) {
        Path path = root.resolve(file.source().path());
        Performer.privateFolder(path.resolveSibling(".").normalize());
        if (file.source().kind() == SourceFile.Kind.LINK) {
          Files.deleteIfExists(path);
          Files.createSymbolicLink(path, Path.of(file.source().target()));
        } else {
          DurableFile.write(path, content(snapshot, file), "rw-------");
        }
      }
    }
  }

  /** A secret as it is in a snapshot. */
  public static Optional<Secret> secret(Snapshot snapshot, String name) throws IOException {
    for (SnapshotFile file : snapshot.manifest().files()) {
      if (file.part() == Part.SECRETS && file.source().path().equals("secrets/" + name)) {
        return Optional.of(
            new Secret(new String(content(snapshot, file), StandardCharsets.UTF_8).strip()));
      }
    }
    return Optional.empty();
  }

  /** A small file of a snapshot. */
  static byte[] content(Snapshot snapshot, SnapshotFile file) throws IOException {
    var content = new ByteArrayOutputStream();
    snapshot.read(file, content::write);
    return content.toByteArray();
  }

  /**
   * A secret that fits the restored database.
   *
   * @param restored whether secrets are restored with it
   */
  Secret secret(String name, boolean restored) throws IOException {
    Path beside = folders.next().resolve("secrets").resolve(name);
    Path file = restored && Files.exists(beside) ? beside : folders.layout().secret(name);
    return new Secret(Files.readString(file).strip());
  }
}
