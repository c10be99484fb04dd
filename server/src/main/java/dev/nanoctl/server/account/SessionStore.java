package dev.nanoctl.server.account;

import dev.nanoctl.server.http.Authentication;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Sign-ins and their tokens in the database. */
final class SessionStore {
  /** A refresh token with the sign-in it belongs to. */
  record Refresh(UUID session, UUID user, String csrfToken, boolean spent, boolean usable) {}

  private static final RowMapper<Session> SESSION =
      (rs, _) ->
          new Session(
              rs.getObject("id", UUID.class),
              rs.getString("user_agent"),
              rs.getString("ip_prefix"),
              rs.getTimestamp("created_at").toInstant(),
              rs.getTimestamp("used_at").toInstant());

  void insert(Handle tx, UUID user, Session session, String csrfToken, Instant expires) {
    tx.createUpdate(
            """
            INSERT INTO session
              (id, user_id, csrf_token, user_agent, ip_prefix, created_at, used_at, expires_at)
            VALUES
              (:id, :user, :csrf, :agent, :ip, :created, :used, :expires)
            """)
        .bind("id", session.id())
        .bind("user", user)
        .bind("csrf", csrfToken)
        .bind("agent", session.userAgent())
        .bind("ip", session.network())
        .bind("created", session.createdAt())
        .bind("used", session.usedAt())
        .bind("expires", expires)
        .execute();
  }

  void insertAccess(Handle tx, byte[] hash, UUID session, Instant expires) {
    tx.createUpdate(
            """
            INSERT INTO access_token (hash, session_id, expires_at)
            VALUES (:hash, :session, :expires)
            """)
        .bind("hash", hash)
        .bind("session", session)
        .bind("expires", expires)
        .execute();
  }

  void insertRefresh(Handle tx, byte[] hash, UUID session, Instant now, Instant expires) {
    tx.createUpdate(
            """
            INSERT INTO refresh_token (hash, session_id, created_at, expires_at)
            VALUES (:hash, :session, :now, :expires)
            """)
        .bind("hash", hash)
        .bind("session", session)
        .bind("now", now)
        .bind("expires", expires)
        .execute();
  }

  Optional<Authentication.SignedIn> signedIn(Handle tx, byte[] access, Instant now) {
    return tx.createQuery(
            """
            SELECT u.id, u.username, u.role, s.id AS session_id, s.csrf_token
              FROM access_token a
              JOIN session s ON s.id = a.session_id
              JOIN app_user u ON u.id = s.user_id
             WHERE a.hash = :hash AND a.expires_at > :now AND s.revoked_at IS NULL
               AND u.status = 'active'
            """)
        .bind("hash", access)
        .bind("now", now)
        .map((rs, _) ->
            new Authentication.SignedIn(
                new Principal(
                    rs.getObject("id", UUID.class),
                    rs.getString("username"),
                    Role.ofTag(rs.getString("role")).orElseThrow(),
                    rs.getObject("session_id", UUID.class)),
                rs.getString("csrf_token")))
        .findOne();
  }

  /** Finds a refresh token and keeps it from being used twice at the same time. */
  Optional<Refresh> lockRefresh(Handle tx, byte[] hash, Instant now, Instant spent) {
    return tx.createQuery(
            """
            SELECT s.id, s.user_id, s.csrf_token,
                   coalesce(r.rotated_at <= :spent, false) AS spent,
                   r.expires_at > :now AND s.expires_at > :now AND s.revoked_at IS NULL AS usable
              FROM refresh_token r
              JOIN session s ON s.id = r.session_id
             WHERE r.hash = :hash
               FOR UPDATE
            """)
        .bind("hash", hash)
        .bind("now", now)
        .bind("spent", spent)
        .map((rs, _) ->
            new Refresh(
                rs.getObject("id", UUID.class),
                rs.getObject("user_id", UUID.class),
                rs.getString("csrf_token"),
                rs.getBoolean("spent"),
                rs.getBoolean("usable")))
        .findOne();
  }

  void rotated(Handle tx, byte[] hash, Instant now) {
    tx.createUpdate(
            "UPDATE refresh_token SET rotated_at = coalesce(rotated_at, :now) WHERE hash = :hash")
        .bind("hash", hash)
        .bind("now", now)
        .execute();
  }

  void used(Handle tx, UUID session, Instant now, Instant expires) {
    tx.createUpdate("UPDATE session SET used_at = :now, expires_at = :expires WHERE id = :session")
        .bind("session", session)
        .bind("now", now)
        .bind("expires", expires)
        .execute();
  }

  /** Ends one sign-in of the account; false when it has none like that. */
  boolean revoke(Handle tx, UUID user, UUID session, Instant now) {
    return tx.createUpdate(
                """
                UPDATE session SET revoked_at = :now
                 WHERE id = :session AND user_id = :user AND revoked_at IS NULL
                """)
            .bind("session", session)
            .bind("user", user)
            .bind("now", now)
            .execute()
        == 1;
  }

  /** Ends every sign-in of the account but the given one. */
  void revokeAll(Handle tx, UUID user, @Nullable UUID except, Instant now) {
    tx.createUpdate(
            """
            UPDATE session SET revoked_at = :now
             WHERE user_id = :user AND revoked_at IS NULL
               AND id IS DISTINCT FROM CAST(:except AS uuid)
            """)
        .bind("user", user)
        .bind("except", except)
        .bind("now", now)
        .execute();
  }

  String csrfToken(Handle tx, UUID session) {
    return tx.createQuery("SELECT csrf_token FROM session WHERE id = :id")
        .bind("id", session)
        .mapTo(String.class)
        .one();
  }

  List<Session> list(Handle tx, UUID user, Instant now) {
    return tx.createQuery(
            """
            SELECT id, user_agent, ip_prefix, created_at, used_at
              FROM session
             WHERE user_id = :user AND revoked_at IS NULL AND expires_at > :now
             ORDER BY used_at DESC, id DESC
            """)
        .bind("user", user)
        .bind("now", now)
        .map(SESSION)
        .list();
  }

  /** Forgets what ended before the given time; answers how many sign-ins went. */
  int sweep(Handle tx, Instant before) {
    tx.createUpdate("DELETE FROM access_token WHERE expires_at < :before")
        .bind("before", before)
        .execute();
    return tx.createUpdate("DELETE FROM session WHERE expires_at < :before OR revoked_at < :before")
        .bind("before", before)
        .execute();
  }
}
