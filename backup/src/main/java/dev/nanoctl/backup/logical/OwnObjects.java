package dev.nanoctl.backup.logical;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects of a schema that are the application's: those of its role, but for those an extension
 * made. Indexes, constraints, triggers and the sequences of columns go with their tables.
 */
final class OwnObjects {
  private static final String RELATIONS =
      """
      SELECT format('ALTER %%s %%I.%%I SET SCHEMA %%I',
                    CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                                   WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE'
                                   WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END,
                    n.nspname, c.relname, %2$s)
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = %1$s
         AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
         AND pg_has_role(c.relowner, 'USAGE')
         AND NOT EXISTS (SELECT 1 FROM pg_depend d
                          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                            AND (d.deptype = 'e'
                                 OR c.relkind = 'S' AND d.deptype IN ('a', 'i')
                                    AND d.refclassid = 'pg_class'::regclass))
       ORDER BY c.oid
      """;

  private static final String ROUTINES =
      """
      SELECT format('ALTER ROUTINE %%s SET SCHEMA %%I', p.oid::regprocedure, %2$s)
        FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname = %1$s
         AND pg_has_role(p.proowner, 'USAGE')
         AND NOT EXISTS (SELECT 1 FROM pg_depend d
                          WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                            AND d.deptype IN ('e', 'i'))
       ORDER BY p.oid
      """;

  private static final String TYPES =
      """
      SELECT format('ALTER %%s %%I.%%I SET SCHEMA %%I',
                    CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END,
                    n.nspname, t.typname, %2$s)
        FROM pg_type t
        JOIN pg_namespace n ON n.oid = t.typnamespace
       WHERE n.nspname = %1$s
         AND t.typtype IN ('d', 'e', 'r')
         AND pg_has_role(t.typowner, 'USAGE')
         AND NOT EXISTS (SELECT 1 FROM pg_depend d
                          WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                            AND d.deptype IN ('e', 'i'))
       ORDER BY t.oid
      """;

  private static final String STATISTICS =
      """
      SELECT format('ALTER STATISTICS %%I.%%I SET SCHEMA %%I', n.nspname, s.stxname, %2$s)
        FROM pg_statistic_ext s
        JOIN pg_namespace n ON n.oid = s.stxnamespace
       WHERE n.nspname = %1$s
         AND pg_has_role(s.stxowner, 'USAGE')
       ORDER BY s.oid
      """;

  private final Connection connection;
  private final String schema;

  OwnObjects(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** The statements that move them to another schema. */
  List<String> moves(String to) throws SQLException {
    List<String> moves = new ArrayList<>();
    for (String kind : List.of(RELATIONS, ROUTINES, TYPES, STATISTICS)) {
      moves.addAll(Sql.texts(connection, kind.formatted(Sql.literal(schema), Sql.literal(to))));
    }
    return moves;
  }
}
