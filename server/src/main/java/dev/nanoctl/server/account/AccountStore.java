package dev.nanoctl.server.account;

import dev.nanoctl.server.http.Language;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Accounts in the database. */
final class AccountStore {
  /** An account with what signing in needs to know of it. */
  record Login(
      Account account, @Nullable String hash, int failures, @Nullable Instant lockedUntil) {}

  private static final String COLUMNS =
      """
      id, email, username, role, status, first_name, last_name, bio, company, job_title, language,
      created_at, row_version
      """;

  private static final RowMapper<Account> ACCOUNT = (rs, _) -> account(rs);

  private static final RowMapper<Login> LOGIN =
      (rs, _) ->
          new Login(
              account(rs),
              rs.getString("password_hash"),
              rs.getInt("failed_logins"),
              instant(rs.getTimestamp("locked_until")));

  private static Account account(ResultSet rs) throws SQLException {
    return new Account(
        rs.getObject("id", UUID.class),
        rs.getString("email"),
        rs.getString("username"),
        Role.ofTag(rs.getString("role")).orElseThrow(),
        AccountStatus.ofTag(rs.getString("status")),
        new Account.Profile(
            rs.getString("first_name"),
            rs.getString("last_name"),
            rs.getString("bio"),
            rs.getString("company"),
            rs.getString("job_title"),
            Language.ofTag(rs.getString("language")).orElse(Language.DE)),
        rs.getTimestamp("created_at").toInstant(),
        rs.getLong("row_version"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp value) {
    return value == null ? null : value.toInstant();
  }

  /** Adds the account; false when its address or name is taken. */
  boolean insert(Handle tx, Account account, @Nullable String hash) {
    Account.Profile profile = account.profile();
    return tx.createUpdate(
                """
                INSERT INTO app_user
                  (id, email, username, password_hash, role, status, first_name, last_name, bio,
                   company, job_title, language, created_at, updated_at)
                VALUES
                  (:id, :email, :username, :hash, :role, :status, :first, :last, :bio,
                   :company, :job, :language, :now, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("id", account.id())
            .bind("email", account.email())
            .bind("username", account.username())
            .bind("hash", hash)
            .bind("role", account.role().tag())
            .bind("status", account.status().tag())
            .bind("first", profile.firstName())
            .bind("last", profile.lastName())
            .bind("bio", profile.bio())
            .bind("company", profile.company())
            .bind("job", profile.jobTitle())
            .bind("language", profile.language().tag())
            .bind("now", account.createdAt())
            .execute()
        == 1;
  }

  Optional<Account> find(Handle tx, UUID id) {
    return tx.createQuery("SELECT " + COLUMNS + " FROM app_user WHERE id = :id")
        .bind("id", id)
        .map(ACCOUNT)
        .findOne();
  }

  Optional<Account> lock(Handle tx, UUID id) {
    return tx.createQuery("SELECT " + COLUMNS + " FROM app_user WHERE id = :id FOR UPDATE")
        .bind("id", id)
        .map(ACCOUNT)
        .findOne();
  }

  Optional<Login> login(Handle tx, String email) {
    return tx.createQuery(
            "SELECT "
                + COLUMNS
                + ", password_hash, failed_logins, locked_until FROM app_user WHERE email = :email")
        .bind("email", email)
        .map(LOGIN)
        .findOne();
  }

  Optional<Login> login(Handle tx, UUID id) {
    return tx.createQuery(
            "SELECT "
                + COLUMNS
                + ", password_hash, failed_logins, locked_until FROM app_user WHERE id = :id")
        .bind("id", id)
        .map(LOGIN)
        .findOne();
  }

  boolean usernameTaken(Handle tx, String username) {
    return tx.createQuery("SELECT EXISTS (SELECT FROM app_user WHERE username = :username)")
        .bind("username", username)
        .mapTo(Boolean.class)
        .one();
  }

  boolean emailTaken(Handle tx, String email) {
    return tx.createQuery("SELECT EXISTS (SELECT FROM app_user WHERE email = :email)")
        .bind("email", email)
        .mapTo(Boolean.class)
        .one();
  }

  /** All whose address ends so, the oldest first. */
  List<Account> endingWith(Handle tx, String ending) {
    return tx.createQuery(
            "SELECT "
                + COLUMNS
                + " FROM app_user WHERE right(email, length(:ending)) = :ending ORDER BY id")
        .bind("ending", ending)
        .map(ACCOUNT)
        .list();
  }

  /** Removes the account with its sign-ins and links. */
  void delete(Handle tx, UUID id) {
    tx.createUpdate("DELETE FROM app_user WHERE id = :id").bind("id", id).execute();
  }

  List<Account> list(Handle tx, String part, Page page) {
    return part(
            tx,
            "SELECT "
                + COLUMNS
                + """
                  FROM app_user
                 WHERE :part = '' OR email ILIKE :like OR username ILIKE :like
                    OR concat_ws(' ', first_name, last_name) ILIKE :like
                 ORDER BY created_at DESC, id DESC
                OFFSET :offset LIMIT :limit
                """,
            part)
        .bind("offset", page.offset())
        .bind("limit", page.limit())
        .map(ACCOUNT)
        .list();
  }

  long count(Handle tx, String part) {
    return part(
            tx,
            """
            SELECT count(*)
              FROM app_user
             WHERE :part = '' OR email ILIKE :like OR username ILIKE :like
                OR concat_ws(' ', first_name, last_name) ILIKE :like
            """,
            part)
        .mapTo(Long.class)
        .one();
  }

  private static Query part(Handle tx, String sql, String part) {
    String escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return tx.createQuery(sql).bind("part", part).bind("like", "%" + escaped + "%");
  }

  void profile(Handle tx, UUID id, Account.Profile profile, Instant now) {
    tx.createUpdate(
            """
            UPDATE app_user
               SET first_name = :first, last_name = :last, bio = :bio, company = :company,
                   job_title = :job, language = :language, updated_at = :now,
                   row_version = row_version + 1
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("first", profile.firstName())
        .bind("last", profile.lastName())
        .bind("bio", profile.bio())
        .bind("company", profile.company())
        .bind("job", profile.jobTitle())
        .bind("language", profile.language().tag())
        .bind("now", now)
        .execute();
  }

  void standing(Handle tx, UUID id, Role role, AccountStatus status, Instant now) {
    tx.createUpdate(
            """
            UPDATE app_user
               SET role = :role, status = :status, updated_at = :now, row_version = row_version + 1
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("role", role.tag())
        .bind("status", status.tag())
        .bind("now", now)
        .execute();
  }

  void password(Handle tx, UUID id, String hash, Instant now) {
    tx.createUpdate(
            """
            UPDATE app_user
               SET password_hash = :hash, failed_logins = 0, locked_until = NULL,
                   updated_at = :now, row_version = row_version + 1
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("hash", hash)
        .bind("now", now)
        .execute();
  }

  /** Counts a failed try and locks the account when there were too many; answers the count. */
  int failed(Handle tx, UUID id, int most, Instant lockUntil) {
    return tx.createQuery(
            """
            UPDATE app_user
               SET failed_logins = failed_logins + 1,
                   locked_until = CASE WHEN failed_logins + 1 >= :most THEN :until ELSE locked_until END
             WHERE id = :id
            RETURNING failed_logins
            """)
        .bind("id", id)
        .bind("most", most)
        .bind("until", lockUntil)
        .mapTo(Integer.class)
        .one();
  }

  void forgive(Handle tx, UUID id) {
    tx.createUpdate("UPDATE app_user SET failed_logins = 0, locked_until = NULL WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  void signedIn(Handle tx, UUID id, Instant now) {
    tx.createUpdate(
            """
            UPDATE app_user
               SET failed_logins = 0, locked_until = NULL, last_login_at = :now
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("now", now)
        .execute();
  }

  /** How many administrators can still sign in; their rows stay locked until the commit. */
  int lockActiveAdmins(Handle tx) {
    return tx.createQuery(
            "SELECT id FROM app_user WHERE role = 'admin' AND status = 'active' ORDER BY id FOR"
                + " UPDATE")
        .mapTo(UUID.class)
        .list()
        .size();
  }
}
