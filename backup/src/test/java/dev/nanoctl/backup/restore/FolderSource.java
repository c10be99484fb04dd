package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.pack.BlockMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A snapshot whose files lie in a folder. */
record FolderSource(Path folder, List<SourceFile> files, DatabaseCut cut) implements BlockSource {
  @Override
  public SnapshotManifest manifest() {
    BlockMap none = BlockMap.of(8192, List.of());
    List<SnapshotFile> all =
        files.stream().map(file -> new SnapshotFile(Part.DATABASE, file, "", none)).toList();
    return new SnapshotManifest(
        new UUID(9, 9), Instant.EPOCH, Instant.EPOCH, Optional.of(cut), all, Map.of());
  }

  @Override
  public void read(SnapshotFile file, Receiver receiver) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file.source().path()));
    receiver.accept(bytes, 0, bytes.length);
  }
}
