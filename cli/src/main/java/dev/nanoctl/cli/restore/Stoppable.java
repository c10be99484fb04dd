package dev.nanoctl.cli.restore;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** A snapshot whose reading ends when the operation should. */
record Stoppable(BlockSource source, BooleanSupplier stop) implements BlockSource {
  @Override
  public SnapshotManifest manifest() {
    return source.manifest();
  }

  @Override
  public void read(SnapshotFile file, Receiver receiver) throws IOException {
    source.read(
        file,
        (bytes, offset, length) -> {
          if (stop.getAsBoolean()) {
            throw new IOException("interrupted while reading " + file.source().path());
          }
          receiver.accept(bytes, offset, length);
        });
  }
}
