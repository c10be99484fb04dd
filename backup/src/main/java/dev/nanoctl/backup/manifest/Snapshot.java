package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.crypto.Digests;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.pack.BlockStore;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A published snapshot, read back from the repository. */
public final class Snapshot implements BlockSource {
  private final StoredManifest stored;
  private final BlockStore blocks;

  private Snapshot(StoredManifest stored, BlockStore blocks) {
    this.stored = stored;
    this.blocks = blocks;
  }

  /** Reads the manifest and checks that it is the one that was published. */
  static Snapshot open(Repository repository, Sealer sealer, JournalState.Backup backup)
      throws IOException {
    String key = backup.manifestKey();
    byte[] object =
        repository
            .get(key, ManifestCodec.LARGEST)
            .orElseThrow(() -> RepositoryProblem.damaged(key, "is missing"));
    if (!Digests.sha256(object).equals(backup.sha256())) {
      throw RepositoryProblem.damaged(key, "is not the manifest that was published");
    }
    StoredManifest stored = new ManifestCodec(sealer).decode(key, object);
    if (!stored.manifest().id().equals(backup.id())) {
      throw RepositoryProblem.damaged(key, "is the manifest of another backup");
    }
    return new Snapshot(stored, new BlockStore(repository, sealer, stored.packs()));
  }

  @Override
  public SnapshotManifest manifest() {
    return stored.manifest();
  }

  StoredManifest stored() {
    return stored;
  }

  BlockStore blocks() {
    return blocks;
  }

  @Override
  public void read(SnapshotFile file, Receiver receiver) throws IOException {
    if (file.source().kind() != SourceFile.Kind.FILE) {
      throw new IllegalArgumentException(file.source().path() + " has no content");
    }
    MessageDigest digest = Digests.digest();
    boolean hashed = !file.sha256().isEmpty();
    blocks.read(
        file.map(),
        file.source().size(),
        (bytes, offset, length) -> {
          if (hashed) {
            digest.update(bytes, offset, length);
          }
          receiver.accept(bytes, offset, length);
        });
    if (hashed && !HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
      throw RepositoryProblem.damaged(file.source().path(), "is not the file its manifest names");
    }
  }

  /** Reads all of it: every pack, every block, every file; throws at the first damage. */
  public void verify() throws IOException {
    for (int pack = 1; pack <= stored.packs().size(); pack++) {
      blocks.verify(pack);
    }
    for (SnapshotFile file : stored.manifest().files()) {
      if (file.source().kind() == SourceFile.Kind.FILE) {
        read(file, (_, _, _) -> {});
      }
    }
  }
}
