package dev.nanoctl.server.outbox;

import dev.nanoctl.core.json.Json;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Outbox entries in the database. */
final class OutboxStore {
  /** Any number: who holds this lock delivers. */
  private static final long LOCK = 0x6e616e6f_6f757462L;

  record Due(Outbox.Entry entry, int attempts) {}

  private static final RowMapper<Due> ROW =
      (rs, _) ->
          new Due(
              new Outbox.Entry(
                  rs.getLong("id"),
                  rs.getString("topic"),
                  rs.getString("key"),
                  Json.parseObject(rs.getString("payload"))),
              rs.getInt("attempts"));

  boolean lock(Handle tx) {
    return tx.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
        .bind("lock", LOCK)
        .mapTo(Boolean.class)
        .one();
  }

  /** What may be delivered now, oldest first: nothing whose key has an older entry waiting. */
  List<Due> due(Handle tx, Instant now, int most) {
    return tx.createQuery(
            """
            SELECT o.id, o.topic, o.key, o.payload, o.attempts
              FROM outbox o
             WHERE o.parked_at IS NULL
               AND o.due_at <= :now
               AND NOT EXISTS (
                     SELECT 1 FROM outbox e
                      WHERE e.parked_at IS NULL AND e.due_at > :now
                        AND e.key = o.key AND e.id < o.id)
             ORDER BY o.id
             LIMIT :most
            """)
        .bind("now", now)
        .bind("most", most)
        .map(ROW)
        .list();
  }

  void delete(Handle tx, List<Long> ids) {
    if (!ids.isEmpty()) {
      tx.createUpdate("DELETE FROM outbox WHERE id = ANY(:ids)")
          .bindArray("ids", Long.class, ids)
          .execute();
    }
  }

  void retry(Handle tx, long id, String error, Instant dueAt) {
    tx.createUpdate(
            """
            UPDATE outbox SET attempts = attempts + 1, last_error = :error, due_at = :dueAt
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("error", error)
        .bind("dueAt", dueAt)
        .execute();
  }

  void park(Handle tx, long id, String error, Instant now) {
    tx.createUpdate(
            """
            UPDATE outbox SET attempts = attempts + 1, last_error = :error, parked_at = :now
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("error", error)
        .bind("now", now)
        .execute();
  }

  OutboxDelivery.Backlog backlog(Handle tx, Instant now) {
    return tx.createQuery(
            """
            SELECT count(*) FILTER (WHERE parked_at IS NULL) AS waiting,
                   count(*) FILTER (WHERE parked_at IS NOT NULL) AS parked,
                   coalesce(extract(epoch FROM cast(:now AS timestamptz)
                     - min(created_at) FILTER (WHERE parked_at IS NULL)), 0) AS oldest
              FROM outbox
            """)
        .bind("now", now)
        .map((rs, _) ->
            new OutboxDelivery.Backlog(
                rs.getLong("waiting"), rs.getLong("parked"), rs.getDouble("oldest")))
        .one();
  }
}
