package dev.nanoctl.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All there is to know of one snapshot; restoring it needs no other manifest.
 *
 * @param id of the snapshot
 * @param started when it was begun
 * @param cut the time everything in it was cut to
 * @param database the database's part; empty if the snapshot has no database
 * @param files every file, in the order they were written
 * @param facts what a drill checks after a restore, such as {@code rows.nano}; names and values are
 *     the caller's
 */
public record SnapshotManifest(
    UUID id,
    Instant started,
    Instant cut,
    Optional<DatabaseCut> database,
    List<SnapshotFile> files,
    Map<String, String> facts) {
  /** Keeps its own copies. */
  public SnapshotManifest {
    files = List.copyOf(files);
    facts = Map.copyOf(facts);
  }
}
