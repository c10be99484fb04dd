package dev.nanoctl.backup.manifest;

import java.util.List;
import java.util.UUID;

/** What the journal of a repository tells. */
public sealed interface JournalEvent {
  /**
   * The repository was made.
   *
   * @param publicKey what signatures are checked with, 64 hexadecimal digits
   */
  record Created(String publicKey) implements JournalEvent {}

  /**
   * A backup is complete.
   *
   * @param sha256 of the manifest as it is stored
   * @param size of the manifest as it is stored, in bytes
   */
  record Published(UUID backup, String sha256, int size) implements JournalEvent {}

  /** A drill restored the backup and found it well. */
  record Drilled(UUID backup) implements JournalEvent {}

  /** The backup was found damaged; it keeps no place among those to be kept. */
  record Failed(UUID backup) implements JournalEvent {}

  /** These backups are no longer to be kept. */
  record Expired(List<UUID> backups) implements JournalEvent {}

  /** Nothing refers to these keys; they may go when the grace is over. */
  record Condemned(List<String> keys) implements JournalEvent {}

  /** What these keys hold was kept in smaller parts before, which may go when the grace is over. */
  record Replaced(List<String> keys) implements JournalEvent {}

  /** These keys are being removed; nothing may refer to them ever again. */
  record Swept(List<String> keys) implements JournalEvent {}
}
