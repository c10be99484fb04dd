package dev.nanoctl.backup.logical;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Statements and names, as PostgreSQL reads them. */
final class Sql {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private Sql() {}

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name as people write it. */
  static String shown(String name) {
    return PLAIN.matcher(name).matches() ? name : quote(name);
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void runAll(Connection connection, List<String> statements) throws SQLException {
    for (String sql : statements) {
      run(connection, sql);
    }
  }

  /** Every row as texts; a null is an empty one. */
  static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    List<List<String>> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
          String value = rows.getString(i);
          row.add(value == null ? "" : value);
        }
        all.add(row);
      }
    }
    return all;
  }

  /** The first column of every row. */
  static List<String> texts(Connection connection, String sql) throws SQLException {
    return rows(connection, sql).stream().map(List::getFirst).toList();
  }

  static String text(Connection connection, String sql) throws SQLException {
    return texts(connection, sql).getFirst();
  }

  static boolean truth(Connection connection, String sql) throws SQLException {
    return text(connection, sql).equals("t");
  }
}
