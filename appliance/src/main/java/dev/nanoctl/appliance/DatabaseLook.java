package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.Facts;
import dev.nanoctl.appliance.doctor.Facts.Database.Access;
import dev.nanoctl.appliance.doctor.Facts.DatabaseServer;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseStamp;
import dev.nanoctl.appliance.postgres.Encryption;
import dev.nanoctl.core.Problem;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Looks at a database that somebody else runs, without changing anything there. */
final class DatabaseLook {
  private static final String NOT_CONNECTED = "08001";
  private static final String REJECTED = "08004";
  private static final String TOO_MUCH = "53";
  private static final String STARTING = "57P03";
  private static final String LOOK =
      """
      SELECT current_setting('server_version_num')::int,
             current_setting('server_encoding'),
             pg_is_in_recovery(),
             has_database_privilege(current_database(), 'CREATE'),
             coalesce((SELECT has_schema_privilege(oid, 'CREATE')
                         FROM pg_namespace WHERE nspname = 'public'), false),
             coalesce(current_schema(), ''),
             current_setting('max_connections')::int
               - current_setting('superuser_reserved_connections')::int
               - coalesce(current_setting('reserved_connections', true)::int, 0)
               - (SELECT count(*) FROM pg_stat_activity
                   WHERE backend_type = 'client backend' AND usename <> current_user)::int,
             (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
             (SELECT datconnlimit FROM pg_database WHERE datname = current_database())
      """;

  private DatabaseLook() {}

  /** What is said where the password is missing. */
  static Facts.Database withoutPassword(String where) {
    return new Facts.Database(
        where,
        Access.NO_PASSWORD,
        "no password is given for the database " + where,
        Optional.empty());
  }

  /**
   * What is found, within some seconds.
   *
   * @param use what is wanted of it
   */
  static Facts.Database look(DatabaseAddress address, String where, DatabaseUse use) {
    try (Connection connection = address.connect()) {
      Facts.Replication replication = new ReplicationLook(connection, address, use).look();
      return new Facts.Database(
          where,
          Access.ENTERED,
          "",
          Optional.of(inside(connection, where, use.instance(), replication)));
    } catch (SQLException e) {
      return new Facts.Database(where, access(address, e), reason(e), Optional.empty());
    }
  }

  private static DatabaseServer inside(
      Connection connection, String where, String instance, Facts.Replication replication)
      throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(LOOK)) {
      row.next();
      return new DatabaseServer(
          row.getInt(1),
          row.getString(2),
          lacks(row.getBoolean(3), row.getBoolean(4), row.getBoolean(5), row.getString(6)),
          foreign(connection, where, instance),
          least(row.getInt(7), row.getInt(8), row.getInt(9)),
          replication);
    }
  }

  private static List<String> lacks(
      boolean standby, boolean database, boolean schema, String current) {
    var lacks = new ArrayList<String>();
    if (standby) {
      lacks.add("write at all, as it is a standby");
    }
    if (!database) {
      lacks.add("make a schema (CREATE on the database)");
    }
    if (!schema) {
      lacks.add("make tables (CREATE on the schema public)");
    } else if (!current.equals("public")) {
      lacks.add("make them in public, as its search_path begins with \"%s\"".formatted(current));
    }
    return lacks;
  }

  private static Optional<Problem> foreign(Connection connection, String where, String instance) {
    try {
      DatabaseStamp.Owner owner = DatabaseStamp.owner(connection);
      return owner.allows(instance) ? Optional.empty() : Optional.of(owner.refusal(where));
    } catch (SQLException e) {
      return Optional.of(
          new Problem.Preflight(
              "NC-DATABASE-FOREIGN",
              "whose the database %s is cannot be read: %s".formatted(where, reason(e)),
              "name an empty database of its own; nothing was changed in this one"));
    }
  }

  /** A limit below zero means none. */
  private static int least(int server, int role, int database) {
    int least = Math.max(0, server);
    least = role < 0 ? least : Math.min(least, role);
    return database < 0 ? least : Math.min(least, database);
  }

  private static Access access(DatabaseAddress address, SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    boolean verified = address.encryption() instanceof Encryption.Verified;
    if (verified && (state.equals(REJECTED) || ofTls(failure, state))) {
      return Access.NOT_TRUSTED;
    }
    return state.startsWith("08")
            || state.startsWith(TOO_MUCH)
            || state.equals(STARTING)
            || state.isEmpty()
        ? Access.NO_ANSWER
        : Access.DENIED;
  }

  /** The driver's words are looked at only where they cannot be about a refused connection. */
  private static boolean ofTls(Throwable failure, String state) {
    boolean connected = !state.equals(NOT_CONNECTED);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage() == null ? "" : cause.getMessage();
      if (cause instanceof SSLException
          || cause instanceof GeneralSecurityException
          || (connected && (message.contains("SSL") || message.contains("hostname")))) {
        return true;
      }
    }
    return false;
  }

  /** What was said, in one line. */
  static String reason(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "there is no host of that name";
      }
      if (cause instanceof SocketTimeoutException) {
        return "nothing came back within some seconds";
      }
    }
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElse("");
  }
}
