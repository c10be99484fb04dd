package dev.nanoctl.server.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** One-time links in the database. */
final class OneTimeLinkStore {
  /** Adds a link; the account's earlier ones of that purpose stop working. */
  void insert(Handle tx, byte[] hash, UUID user, Instant now, Instant expires) {
    tx.createUpdate(
            """
            UPDATE one_time_token SET used_at = :now
             WHERE user_id = :user AND purpose = 'reset' AND used_at IS NULL
            """)
        .bind("user", user)
        .bind("now", now)
        .execute();
    tx.createUpdate(
            """
            INSERT INTO one_time_token (hash, user_id, purpose, created_at, expires_at)
            VALUES (:hash, :user, 'reset', :now, :expires)
            """)
        .bind("hash", hash)
        .bind("user", user)
        .bind("now", now)
        .bind("expires", expires)
        .execute();
  }

  /** Whose link it is, as long as it works. */
  Optional<UUID> owner(Handle tx, byte[] hash, Instant now) {
    return tx.createQuery(
            """
            SELECT user_id FROM one_time_token
             WHERE hash = :hash AND purpose = 'reset' AND used_at IS NULL AND expires_at > :now
            """)
        .bind("hash", hash)
        .bind("now", now)
        .mapTo(UUID.class)
        .findOne();
  }

  /** Uses the link up; false when someone else was faster. */
  boolean use(Handle tx, byte[] hash, Instant now) {
    return tx.createUpdate(
                """
                UPDATE one_time_token SET used_at = :now
                 WHERE hash = :hash AND used_at IS NULL AND expires_at > :now
                """)
            .bind("hash", hash)
            .bind("now", now)
            .execute()
        == 1;
  }
}
