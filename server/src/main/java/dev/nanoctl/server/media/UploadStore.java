package dev.nanoctl.server.media;

import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The tables of uploads and of the chunks they came in. */
final class UploadStore {
  private static final RowMapper<Upload> ROW =
      (rs, _) -> {
        String sha256 = rs.getString("sha256");
        return new Upload(
            rs.getObject("id", UUID.class),
            rs.getString("filename"),
            rs.getLong("length"),
            rs.getLong("received"),
            sha256 == null ? null : new Sha256(sha256),
            rs.getTimestamp("expires_at").toInstant());
      };

  void insert(Handle tx, Upload upload, UUID owner, Instant now) {
    tx.createUpdate(
            """
            INSERT INTO upload (id, owner_id, filename, length, received, sha256, created_at,
                                expires_at)
            VALUES (:id, :owner, :filename, :length, 0, :sha256, :now, :expiresAt)
            """)
        .bind("id", upload.id())
        .bind("owner", owner)
        .bind("filename", upload.filename())
        .bind("length", upload.length())
        .bind("sha256", upload.sha256() == null ? null : upload.sha256().hex())
        .bind("now", now)
        .bind("expiresAt", upload.expiresAt())
        .execute();
  }

  Optional<Upload> find(Handle tx, UUID id, UUID owner) {
    return tx.createQuery(
            """
            SELECT id, filename, length, received, sha256, expires_at
              FROM upload
             WHERE id = :id AND owner_id = :owner
            """)
        .bind("id", id)
        .bind("owner", owner)
        .map(ROW)
        .findOne();
  }

  /** How many bytes this owner has announced and not yet used up. */
  long announced(Handle tx, UUID owner, Instant now) {
    return tx.createQuery(
            """
            SELECT coalesce(sum(length), 0)::bigint
              FROM upload
             WHERE owner_id = :owner AND expires_at > :now
            """)
        .bind("owner", owner)
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }

  /** Takes a chunk in if the upload still stands where the chunk begins. */
  boolean advance(Handle tx, UUID id, long startAt, long length, ObjectKey key) {
    int advanced =
        tx.createUpdate(
                """
                UPDATE upload
                   SET received = received + :length
                 WHERE id = :id AND received = :startAt
                """)
            .bind("id", id)
            .bind("startAt", startAt)
            .bind("length", length)
            .execute();
    if (advanced == 0) {
      return false;
    }
    tx.createUpdate(
            """
            INSERT INTO upload_chunk (upload_id, start_at, length, object_key)
            VALUES (:id, :startAt, :length, :key)
            """)
        .bind("id", id)
        .bind("startAt", startAt)
        .bind("length", length)
        .bind("key", key.path())
        .execute();
    return true;
  }

  /** The objects that make up an upload, in order. */
  List<ObjectKey> chunks(Handle tx, UUID id) {
    return tx.createQuery(
            """
            SELECT object_key
              FROM upload_chunk
             WHERE upload_id = :id
             ORDER BY start_at
            """)
        .bind("id", id)
        .map((rs, _) -> new ObjectKey(rs.getString("object_key")))
        .list();
  }

  void expireAt(Handle tx, UUID id, Instant at) {
    tx.createUpdate("UPDATE upload SET expires_at = least(expires_at, :at) WHERE id = :id")
        .bind("id", id)
        .bind("at", at)
        .execute();
  }

  List<UUID> expired(Handle tx, Instant now) {
    return tx.createQuery("SELECT id FROM upload WHERE expires_at <= :now LIMIT 1000")
        .bind("now", now)
        .mapTo(UUID.class)
        .list();
  }

  /** All of one account; held until the transaction ends. */
  List<UUID> ofOwner(Handle tx, UUID owner) {
    return tx.createQuery("SELECT id FROM upload WHERE owner_id = :owner ORDER BY id FOR UPDATE")
        .bind("owner", owner)
        .mapTo(UUID.class)
        .list();
  }

  void delete(Handle tx, UUID id) {
    tx.createUpdate("DELETE FROM upload WHERE id = :id").bind("id", id).execute();
  }
}
