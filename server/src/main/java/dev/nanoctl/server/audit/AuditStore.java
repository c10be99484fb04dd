package dev.nanoctl.server.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The audit log in the database. */
final class AuditStore {
  /** The end of the chain. */
  @SuppressWarnings("ArrayRecordComponent") // the hash is compared as bytes
  record Head(long seq, byte[] hash) {}

  /** An entry that waits to be sealed. */
  record Pending(long id, Instant at, AuditEntry.Actor actor, AuditEntry.What what) {}

  /** Which entries are asked for; null means any. */
  record Filter(
      @Nullable UUID user, @Nullable String action, @Nullable Instant from, @Nullable Instant to) {}

  private static final RowMapper<Pending> PENDING =
      (rs, _) ->
          new Pending(rs.getLong("id"), rs.getTimestamp("at").toInstant(), actor(rs), what(rs));

  private static final RowMapper<AuditEntry> ENTRY =
      (rs, _) ->
          new AuditEntry(
              rs.getLong("seq"),
              rs.getTimestamp("at").toInstant(),
              actor(rs),
              what(rs),
              rs.getBytes("prev_hash"),
              rs.getBytes("hash"));

  private static AuditEntry.Actor actor(ResultSet rs) throws SQLException {
    return new AuditEntry.Actor(
        rs.getObject("actor_id", UUID.class),
        rs.getString("role"),
        rs.getString("ip_prefix"),
        rs.getString("request_id"));
  }

  private static AuditEntry.What what(ResultSet rs) throws SQLException {
    return new AuditEntry.What(
        rs.getString("action"),
        rs.getString("target"),
        rs.getString("result"),
        rs.getString("details"));
  }

  /** The end of the chain; whoever holds it is the only one who seals. */
  Head lockHead(Handle tx) {
    return tx.createQuery("SELECT seq, hash FROM audit_head FOR UPDATE")
        .map((rs, _) -> new Head(rs.getLong("seq"), rs.getBytes("hash")))
        .one();
  }

  Head head(Handle tx) {
    return tx.createQuery("SELECT seq, hash FROM audit_head")
        .map((rs, _) -> new Head(rs.getLong("seq"), rs.getBytes("hash")))
        .one();
  }

  void head(Handle tx, Head head) {
    tx.createUpdate("UPDATE audit_head SET seq = :seq, hash = :hash")
        .bind("seq", head.seq())
        .bind("hash", head.hash())
        .execute();
  }

  boolean anyPending(Handle tx) {
    return tx.createQuery("SELECT EXISTS (SELECT FROM audit_pending)").mapTo(Boolean.class).one();
  }

  /** Takes the oldest entries that wait, in the order they were written. */
  List<Pending> take(Handle tx, int most) {
    return tx.createQuery(
            """
            WITH taken AS (
              DELETE FROM audit_pending
               WHERE id IN (SELECT id FROM audit_pending ORDER BY id LIMIT :most)
              RETURNING id, at, actor_id, role, action, target, result, ip_prefix, request_id, details)
            SELECT id, at, actor_id, role, action, target, result, ip_prefix, request_id, details
              FROM taken
             ORDER BY id
            """)
        .bind("most", most)
        .map(PENDING)
        .list();
  }

  void append(Handle tx, List<AuditEntry> entries) {
    PreparedBatch batch =
        tx.prepareBatch(
            """
            INSERT INTO audit_log
              (seq, at, actor_id, role, action, target, result, ip_prefix, request_id, details,
               prev_hash, hash)
            VALUES
              (:seq, :at, :actor, :role, :action, :target, :result, :ip, :request, :details,
               :prev, :hash)
            """);
    for (AuditEntry entry : entries) {
      batch
          .bind("seq", entry.seq())
          .bind("at", entry.at())
          .bind("actor", entry.actor().id())
          .bind("role", entry.actor().role())
          .bind("action", entry.what().action())
          .bind("target", entry.what().target())
          .bind("result", entry.what().result())
          .bind("ip", entry.actor().ipPrefix())
          .bind("request", entry.actor().requestId())
          .bind("details", entry.what().details())
          .bind("prev", entry.prevHash())
          .bind("hash", entry.hash())
          .add();
    }
    batch.execute();
  }

  /** The entries that come after a number, oldest first. */
  List<AuditEntry> after(Handle tx, long seq, int most) {
    return tx.createQuery(
            """
            SELECT seq, at, actor_id, role, action, target, result, ip_prefix, request_id, details,
                   prev_hash, hash
              FROM audit_log
             WHERE seq > :seq
             ORDER BY seq
             LIMIT :most
            """)
        .bind("seq", seq)
        .bind("most", most)
        .map(ENTRY)
        .list();
  }

  /** The entries that come before a number, newest first. */
  List<AuditEntry> before(Handle tx, long seq, Filter filter, int most) {
    return tx.createQuery(
            """
            SELECT seq, at, actor_id, role, action, target, result, ip_prefix, request_id, details,
                   prev_hash, hash
              FROM audit_log
             WHERE seq < :seq
               AND (CAST(:user AS uuid) IS NULL OR actor_id = CAST(:user AS uuid))
               AND (CAST(:action AS text) IS NULL OR action = CAST(:action AS text))
               AND (CAST(:from AS timestamptz) IS NULL OR at >= CAST(:from AS timestamptz))
               AND (CAST(:to AS timestamptz) IS NULL OR at < CAST(:to AS timestamptz))
             ORDER BY seq DESC
             LIMIT :most
            """)
        .bind("seq", seq)
        .bind("user", filter.user())
        .bind("action", filter.action())
        .bind("from", filter.from())
        .bind("to", filter.to())
        .bind("most", most)
        .map(ENTRY)
        .list();
  }
}
