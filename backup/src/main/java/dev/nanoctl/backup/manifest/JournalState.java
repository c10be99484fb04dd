package dev.nanoctl.backup.manifest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What follows from the entries of a journal that were read so far. */
public final class JournalState {
  /**
   * A backup that is kept.
   *
   * @param published when it became visible
   * @param sha256 of its manifest as it is stored
   * @param size of its manifest as it is stored, in bytes
   * @param drilled whether a drill restored it and found it well
   * @param failed whether it was found damaged since
   */
  public record Backup(
      UUID id, Instant published, String sha256, int size, boolean drilled, boolean failed) {
    /** Where its manifest is. */
    public String manifestKey() {
      return "manifests/" + id;
    }
  }

  private final Map<UUID, Backup> kept = new LinkedHashMap<>();
  private final Map<String, Instant> condemned = new HashMap<>();
  private final Map<String, Instant> replacing = new HashMap<>();
  private final Set<String> swept = new HashSet<>();
  private final Set<String> unremoved = new LinkedHashSet<>();

  void apply(JournalEntry entry) {
    switch (entry.event()) {
      case JournalEvent.Created _ -> {}
      case JournalEvent.Published(UUID id, String sha256, int size) ->
          kept.put(id, new Backup(id, entry.at(), sha256, size, false, false));
      case JournalEvent.Drilled(UUID id) ->
          kept.computeIfPresent(
              id, (_, b) -> new Backup(id, b.published(), b.sha256(), b.size(), true, b.failed()));
      case JournalEvent.Failed(UUID id) ->
          kept.computeIfPresent(
              id, (_, b) -> new Backup(id, b.published(), b.sha256(), b.size(), b.drilled(), true));
      case JournalEvent.Expired(var backups) -> backups.forEach(kept::remove);
      case JournalEvent.Condemned(var keys) -> keys.forEach(key -> condemned.put(key, entry.at()));
      case JournalEvent.Replaced(var keys) ->
          keys.forEach(key -> replacing.putIfAbsent(key, entry.at()));
      case JournalEvent.Swept(var keys) -> {
        keys.forEach(condemned::remove);
        keys.forEach(replacing::remove);
        swept.addAll(keys);
        unremoved.addAll(keys);
      }
    }
  }

  /** The backups that are kept, in the order they were published. */
  public List<Backup> backups() {
    return List.copyOf(kept.values());
  }

  /** Those that were not found damaged. */
  public List<Backup> good() {
    return kept.values().stream().filter(backup -> !backup.failed()).toList();
  }

  /** Whether the key was given up; nothing may refer to it. */
  public boolean isSwept(String key) {
    return swept.contains(key);
  }

  /** Whether the key may be given up after the grace. */
  public boolean isCondemned(String key) {
    return condemned.containsKey(key);
  }

  /** Since when the key is known to hold what others hold, too. */
  Optional<Instant> replacing(String key) {
    return Optional.ofNullable(replacing.get(key));
  }

  /** The keys that were condemned before that time and not swept since, in order. */
  List<String> condemnedBefore(Instant time) {
    var keys = new ArrayList<String>();
    condemned.forEach((key, at) -> {
      if (at.isBefore(time)) {
        keys.add(key);
      }
    });
    keys.sort(null);
    return keys;
  }

  /** The keys that were swept and are perhaps still there. */
  List<String> unremoved() {
    return List.copyOf(unremoved);
  }

  void removed(String key) {
    unremoved.remove(key);
  }
}
