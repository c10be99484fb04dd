package dev.nanoctl.server.media;

import dev.nanoctl.server.media.store.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of preview tickets. */
final class PreviewStore {
  /** What a ticket is good for. */
  record Ticket(UUID packageId, Instant expiresAt) {}

  void insert(Handle tx, Sha256 token, Ticket ticket) {
    tx.createUpdate(
            """
            INSERT INTO preview_ticket (token_sha256, package_id, expires_at)
            VALUES (:token, :packageId, :expiresAt)
            """)
        .bind("token", token.hex())
        .bind("packageId", ticket.packageId())
        .bind("expiresAt", ticket.expiresAt())
        .execute();
  }

  Optional<Ticket> find(Handle tx, Sha256 token) {
    return tx.createQuery(
            """
            SELECT package_id, expires_at
              FROM preview_ticket
             WHERE token_sha256 = :token
            """)
        .bind("token", token.hex())
        .map((rs, _) ->
            new Ticket(
                rs.getObject("package_id", UUID.class), rs.getTimestamp("expires_at").toInstant()))
        .findOne();
  }

  int deleteExpired(Handle tx, Instant now) {
    return tx.createUpdate("DELETE FROM preview_ticket WHERE expires_at <= :now")
        .bind("now", now)
        .execute();
  }
}
