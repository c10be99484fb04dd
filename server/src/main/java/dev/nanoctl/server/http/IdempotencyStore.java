package dev.nanoctl.server.http;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Answers to repeated POSTs in the database. */
final class IdempotencyStore {
  record Key(UUID user, String key) {}

  @SuppressWarnings("ArrayRecordComponent") // stored and sent, never compared
  record Kept(int status, String headers, byte[] body) {}

  @SuppressWarnings("ArrayRecordComponent") // compared as bytes by the one who asks
  record Known(byte[] request, Optional<Kept> kept) {}

  boolean begin(Handle tx, Key id, byte[] request, Instant now) {
    return tx.createUpdate(
                """
                INSERT INTO idempotency_key (user_id, key, request_hash, started_at)
                VALUES (:user, :key, :request, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("user", id.user())
            .bind("key", id.key())
            .bind("request", request)
            .bind("now", now)
            .execute()
        == 1;
  }

  void forgetOld(Handle tx, Key id, Instant answeredBefore, Instant startedBefore) {
    tx.createUpdate(
            """
            DELETE FROM idempotency_key
             WHERE user_id = :user AND key = :key
               AND (started_at < :answeredBefore
                    OR (finished_at IS NULL AND started_at < :startedBefore))
            """)
        .bind("user", id.user())
        .bind("key", id.key())
        .bind("answeredBefore", answeredBefore)
        .bind("startedBefore", startedBefore)
        .execute();
  }

  Known find(Handle tx, Key id) {
    return tx.createQuery(
            """
            SELECT request_hash, finished_at, status, headers, body
              FROM idempotency_key
             WHERE user_id = :user AND key = :key
            """)
        .bind("user", id.user())
        .bind("key", id.key())
        .map((rs, _) ->
            new Known(
                rs.getBytes("request_hash"),
                rs.getTimestamp("finished_at") == null
                    ? Optional.empty()
                    : Optional.of(
                        new Kept(
                            rs.getInt("status"), rs.getString("headers"), rs.getBytes("body")))))
        .one();
  }

  void finish(Handle tx, Key id, Kept kept, Instant now) {
    tx.createUpdate(
            """
            UPDATE idempotency_key
               SET finished_at = :now, status = :status, headers = :headers, body = :body
             WHERE user_id = :user AND key = :key
            """)
        .bind("user", id.user())
        .bind("key", id.key())
        .bind("now", now)
        .bind("status", kept.status())
        .bind("headers", kept.headers())
        .bind("body", kept.body())
        .execute();
  }

  void forget(Handle tx, Key id) {
    tx.createUpdate("DELETE FROM idempotency_key WHERE user_id = :user AND key = :key")
        .bind("user", id.user())
        .bind("key", id.key())
        .execute();
  }

  int forgetAll(Handle tx, Instant startedBefore) {
    return tx.createUpdate("DELETE FROM idempotency_key WHERE started_at < :before")
        .bind("before", startedBefore)
        .execute();
  }
}
