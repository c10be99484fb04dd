package dev.nanoctl.server.nano;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What is due to be purged, and how it goes. */
final class PurgeStore {
  private static final String IS_DUE =
      """
      (status = 'deleted' AND published_at IS NULL AND status_changed_at < :drafts
       OR status IN ('deleted', 'archived') AND published_at IS NOT NULL
          AND status_changed_at < :published)
      """;

  /** The moments before which nanos were deleted or archived that are due now. */
  record Due(Instant drafts, Instant published) {}

  /** Some of those that are due, the oldest first. */
  List<UUID> due(Handle tx, Due due) {
    return tx.createQuery(
            """
            SELECT id FROM nano
             WHERE %s
             ORDER BY status_changed_at
             LIMIT 500
            """
                .formatted(IS_DUE))
        .bind("drafts", due.drafts())
        .bind("published", due.published())
        .mapTo(UUID.class)
        .list();
  }

  /** Holds the nano and answers its status, if it is still due. */
  Optional<String> lock(Handle tx, Due due, UUID id) {
    return tx.createQuery(
            """
            SELECT status FROM nano
             WHERE id = :id AND %s
               FOR UPDATE
            """
                .formatted(IS_DUE))
        .bind("id", id)
        .bind("drafts", due.drafts())
        .bind("published", due.published())
        .mapTo(String.class)
        .findOne();
  }

  /** All of one creator, in whatever state; held until the transaction ends. */
  List<UUID> ofCreator(Handle tx, UUID creator) {
    return tx.createQuery("SELECT id FROM nano WHERE creator_id = :creator ORDER BY id FOR UPDATE")
        .bind("creator", creator)
        .mapTo(UUID.class)
        .list();
  }

  /** The packages of its versions. */
  List<UUID> packages(Handle tx, UUID id) {
    return tx.createQuery("SELECT DISTINCT package_id FROM nano_version WHERE nano_id = :id")
        .bind("id", id)
        .mapTo(UUID.class)
        .list();
  }

  /** Keeps the number of its versions, so that the count of all uploads never falls. */
  void remember(Handle tx, UUID id) {
    tx.createUpdate(
            """
            UPDATE purged
               SET versions = versions + (SELECT count(*) FROM nano_version WHERE nano_id = :id)
            """)
        .bind("id", id)
        .execute();
  }

  void delete(Handle tx, UUID id) {
    tx.createUpdate("DELETE FROM nano WHERE id = :id").bind("id", id).execute();
  }
}
