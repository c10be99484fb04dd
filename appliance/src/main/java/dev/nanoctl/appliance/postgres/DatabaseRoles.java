package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Who may log in to the database. Passwords reach the server as SCRAM verifiers only. */
public final class DatabaseRoles {
  private static final String WRONG_PASSWORD = "28P01";

  private DatabaseRoles() {}

  /** Lets the application log in like that, beside whoever may already. */
  public static void admit(DatabaseAddress superuser, DatabaseLogin login) throws SQLException {
    try (Connection connection = superuser.connect()) {
      if (login.role().equals(DatabaseLogin.TWIN)) {
        makeTwin(connection);
      }
      setPassword(connection, login.role(), login.password());
    }
  }

  /** Lets the application log in like that, and in no other way it ever did. */
  public static void admitOnly(DatabaseAddress superuser, DatabaseLogin login) throws SQLException {
    admit(superuser, login);
    String other = login.other(login.password()).role();
    superuser.execute(
        """
        DO $$ BEGIN
          IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%1$s') THEN
            ALTER ROLE %1$s PASSWORD NULL;
          END IF;
        END $$
        """
            .formatted(other));
  }

  /** Lets nobody log in as that role any more; who is in stays. */
  public static void dismiss(DatabaseAddress superuser, String role) throws SQLException {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE %s PASSWORD NULL".formatted(role));
    }
  }

  /** Gives the superuser another password; that it has it already is no failure. */
  public static void changeSuperuser(DatabaseAddress current, Secret next) throws SQLException {
    try (Connection connection = current.connect()) {
      setPassword(connection, current.user(), next);
    } catch (SQLException e) {
      if (!WRONG_PASSWORD.equals(e.getSQLState()) || !current.with(next).answers()) {
        throw e;
      }
    }
  }

  /** It acts as the owner, so that whatever it makes belongs to the owner. */
  private static void makeTwin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DO $$ BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%1$s') THEN
              CREATE ROLE %1$s LOGIN IN ROLE %2$s;
            END IF;
          END $$
          """
              .formatted(DatabaseLogin.TWIN, DatabaseLogin.OWNER));
      statement.execute(
          "ALTER ROLE %s SET role TO %s".formatted(DatabaseLogin.TWIN, DatabaseLogin.OWNER));
    }
  }

  private static void setPassword(Connection connection, String role, Secret password)
      throws SQLException {
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(role, password.value().toCharArray(), "scram-sha-256");
  }
}
