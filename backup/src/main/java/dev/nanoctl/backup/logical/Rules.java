package dev.nanoctl.backup.logical;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The references and triggers of a schema, lifted while rows come in: they come in table by table,
 * and are as triggers left them. Putting references back checks every row.
 */
final class Rules {
  private static final String REFERENCES =
      """
      SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),
             format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
                    c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
        FROM pg_constraint c
        JOIN pg_namespace n ON n.oid = c.connamespace
       WHERE n.nspname = %s AND c.contype = 'f' AND c.conparentid = 0
       ORDER BY c.oid
      """;

  private static final String TRIGGERS =
      """
      SELECT format('ALTER TABLE %%s DISABLE TRIGGER %%I', t.tgrelid::regclass, t.tgname),
             format('ALTER TABLE %%s ENABLE %%s TRIGGER %%I', t.tgrelid::regclass,
                    CASE t.tgenabled WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' ELSE '' END,
                    t.tgname)
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = %s AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgparentid = 0
       ORDER BY t.oid
      """;

  private final List<String> back = new ArrayList<>();

  private Rules() {}

  /** Lifts those of a schema, which is the first in the search path. */
  static Rules lift(Connection connection, String schema) throws SQLException {
    var rules = new Rules();
    for (String kind : List.of(REFERENCES, TRIGGERS)) {
      for (List<String> row : Sql.rows(connection, kind.formatted(Sql.literal(schema)))) {
        Sql.run(connection, row.get(0));
        rules.back.add(row.get(1));
      }
    }
    return rules;
  }

  void putBack(Connection connection) throws SQLException {
    Sql.runAll(connection, back);
  }
}
