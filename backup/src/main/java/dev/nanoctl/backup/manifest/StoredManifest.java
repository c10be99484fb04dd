package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.pack.PackRef;
import java.util.List;

/**
 * A manifest with the packs its maps refer to by number, the first being 1.
 *
 * @param packs every pack a restore needs
 */
public record StoredManifest(SnapshotManifest manifest, List<PackRef> packs) {
  /** Keeps its own copy. */
  public StoredManifest {
    packs = List.copyOf(packs);
  }
}
