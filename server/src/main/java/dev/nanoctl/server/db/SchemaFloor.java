package dev.nanoctl.server.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which programs may work with a schema: see {@code V037__schema_floor.sql}. */
final class SchemaFloor {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaFloor.class);

  private SchemaFloor() {}

  /** The version in the name of a migration's file, such as 37 in {@code V037__….sql}. */
  static int version(String file) {
    return Integer.parseInt(file.substring(1, file.indexOf("__")));
  }

  /** Whether a program that knows the schema up to that version may work with the database. */
  static boolean allows(DataSource dataSource, int newest) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      if (!one(statement, "SELECT CAST(to_regclass('schema_floor') IS NOT NULL AS integer)", 1)) {
        return false;
      }
      return one(
          statement,
          "SELECT count(*) FROM schema_floor WHERE CAST(needs AS integer) <= " + newest,
          1);
    } catch (SQLException e) {
      LOG.debug("the schema's floor cannot be read", e);
      return false; // what is wrong with the database is told by the migration that follows
    }
  }

  private static boolean one(Statement statement, String query, int expected) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() && rows.getInt(1) == expected;
    }
  }
}
