package dev.nanoctl.backup.logical;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads which tables and sequences a schema has. */
final class TableReader {
  /** Neither somebody else's, nor an extension's. */
  private static final String OWN =
      """
      pg_has_role(c.relowner, 'USAGE') AND NOT EXISTS (SELECT 1 FROM pg_depend d
                   WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      """;

  private final Connection connection;
  private final String schema;

  TableReader(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** All of the role's tables by name, without the number of their rows. */
  Map<String, Table> tables() throws SQLException {
    String sql =
        """
        SELECT c.relname, a.attname, coalesce(array_position(i.indkey::int2[], a.attnum), -1)
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_attribute a
            ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
          LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
         WHERE n.nspname = %s AND c.relkind = 'r' AND %s
         ORDER BY 1, i.indrelid IS NULL, array_position(i.indkey::int2[], a.attnum), a.attnum
        """
            .formatted(Sql.literal(schema), OWN);
    Map<String, List<List<String>>> byTable =
        Sql.rows(connection, sql).stream()
            .collect(Collectors.groupingBy(List::getFirst, TreeMap::new, Collectors.toList()));
    return byTable.entrySet().stream()
        .map(entry -> table(entry.getKey(), entry.getValue()))
        .collect(Collectors.toMap(Table::name, Function.identity(), (a, _) -> a, TreeMap::new));
  }

  /** The key's columns come first, in the key's order; {@code indkey} is numbered from 0. */
  private static Table table(String name, List<List<String>> columns) {
    int keys = (int) columns.stream().filter(row -> !row.get(2).equals("-1")).count();
    return new Table(name, columns.stream().map(row -> row.get(1)).toList(), keys, 0);
  }

  List<String> sequenceNames() throws SQLException {
    String sql =
        """
        SELECT c.relname
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = %s AND c.relkind = 'S' AND %s
         ORDER BY 1
        """
            .formatted(Sql.literal(schema), OWN);
    return Sql.texts(connection, sql);
  }

  /** Where every sequence stands now, whatever the transaction sees of tables. */
  List<Sequence> sequences() throws SQLException {
    List<Sequence> all = new java.util.ArrayList<>();
    for (String name : sequenceNames()) {
      List<String> row =
          Sql.rows(
                  connection,
                  "SELECT last_value, is_called FROM " + Sql.quote(schema) + "." + Sql.quote(name))
              .getFirst();
      all.add(new Sequence(name, Long.parseLong(row.get(0)), row.get(1).equals("t")));
    }
    return all;
  }

  /** How the application's schema came about. */
  List<Migration> history(String table) throws SQLException {
    String sql =
        """
        SELECT version, coalesce(checksum::text, '')
          FROM %s
         WHERE success AND version IS NOT NULL
         ORDER BY installed_rank
        """
            .formatted(Sql.quote(schema) + "." + Sql.quote(table));
    return Sql.rows(connection, sql).stream()
        .map(row -> new Migration(row.get(0), row.get(1)))
        .toList();
  }
}
