package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.core.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be told of a database and compared with after it was restored. */
final class SiteFacts {
  /** The fact that names the last heartbeat a backup holds. */
  static final String HEARTBEAT = "heartbeat";

  private static final String TABLES =
      """
      SELECT c.oid::regclass::text
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public'
         AND c.relkind IN ('r', 'p')
         AND NOT c.relispartition
         AND has_table_privilege(c.oid, 'SELECT')
       ORDER BY 1
      """;

  private static final String BEAT =
      """
      WITH old AS (
        DELETE FROM backup_heartbeat
         WHERE at < now() - interval '400 days'
      )
      INSERT INTO backup_heartbeat DEFAULT VALUES
      RETURNING id
      """;

  private SiteFacts() {}

  /**
   * Commits a row to the ledger of heartbeats, so that recovery to any moment before finds a commit
   * after it.
   *
   * @return its number
   */
  static long beat(DatabaseAddress database) throws SQLException {
    try (Connection connection = database.connect()) {
      return number(connection, BEAT);
    }
  }

  /** Up to where the database's log is on its disk: everything that was committed by now. */
  static LogPosition flushed(DatabaseAddress database) throws SQLException {
    try (Connection connection = database.connect()) {
      return LogPosition.parse(
          texts(connection, "SELECT pg_current_wal_flush_lsn()::text").getFirst());
    }
  }

  /** The number of rows of each table, all at one moment, and what else a drill looks at. */
  static Map<String, String> of(DatabaseAddress database) {
    Map<String, String> facts = new TreeMap<>();
    try (Connection connection = database.connect()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      for (String table : texts(connection, TABLES)) {
        facts.put(
            "rows." + table, Long.toString(number(connection, "SELECT count(*) FROM " + table)));
      }
      facts.put(
          "rows.lsn", texts(connection, "SELECT pg_current_wal_insert_lsn()::text").getFirst());
      facts.put(
          "schema",
          texts(
                  connection,
                  "SELECT version FROM schema_history WHERE success"
                      + " ORDER BY installed_rank DESC LIMIT 1")
              .getFirst());
      connection.rollback();
      return facts;
    } catch (SQLException e) {
      throw unanswered(e);
    }
  }

  /** The size of the database in bytes. */
  static long size(DatabaseAddress database) {
    try (Connection connection = database.connect()) {
      return number(connection, "SELECT pg_database_size(current_database())");
    } catch (SQLException e) {
      throw unanswered(e);
    }
  }

  /** A database that did not answer, as a problem. */
  static RuntimeException unanswered(SQLException e) {
    return new Problem.Unavailable(
            "NC-BACKUP-DATABASE",
            "the database did not answer the backup: " + e.getMessage(),
            "nanoctl status, then repeat it")
        .raise(e);
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
