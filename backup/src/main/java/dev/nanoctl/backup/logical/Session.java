package dev.nanoctl.backup.logical;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How a transaction is set, so that values become the same text everywhere, and it back the same.
 * Nothing is set beyond it: behind a pooler the next transaction may be another connection's.
 */
final class Session {
  /** The longest silence before a connection counts as dead: large tables are sorted first. */
  private static final int SILENCE_MILLIS = 30 * 60 * 1000;

  private static final String READING =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private static final List<String> EXACT =
      List.of(
          "SET LOCAL datestyle = 'ISO, MDY'",
          "SET LOCAL intervalstyle = 'postgres'",
          "SET LOCAL timezone = 'UTC'",
          "SET LOCAL extra_float_digits = 3",
          "SET LOCAL bytea_output = 'hex'",
          "SET LOCAL statement_timeout = 0",
          "SET LOCAL idle_in_transaction_session_timeout = 0",
          // refuses instead of leaving out rows that a policy hides
          "SET LOCAL row_security = off");

  /** PostgreSQL 17 and later have it. */
  private static final String UNLIMITED =
      """
      SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout'
      """;

  private Session() {}

  /** A new connection, within a transaction. */
  static Connection begin(DatabaseSource source) throws SQLException {
    return open(source, List.of());
  }

  /** A new connection whose transaction sees one moment and changes nothing. */
  static Connection beginReading(DatabaseSource source) throws SQLException {
    return open(source, List.of(READING));
  }

  /** A new connection whose transaction sees what another one, which goes on, sees. */
  static Connection beginReading(DatabaseSource source, String snapshot) throws SQLException {
    String same = "SET TRANSACTION SNAPSHOT " + Sql.literal(snapshot);
    return open(source, List.of(READING, same));
  }

  private static Connection open(DatabaseSource source, List<String> first) throws SQLException {
    Connection connection = source.connect();
    try {
      connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
      connection.setAutoCommit(false);
      Sql.runAll(connection, first);
      Sql.runAll(connection, EXACT);
      Sql.rows(connection, UNLIMITED);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
