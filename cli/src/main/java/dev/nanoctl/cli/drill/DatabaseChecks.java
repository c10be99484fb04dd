package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.cli.drill.DrillReport.Check;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at a restored database, as its superuser. */
final class DatabaseChecks implements AutoCloseable {
  private static final String ROWS = "rows.";

  /** How far a count may be from the one that was taken with the backup, while people work. */
  private static final long FEW = 50;

  private static final String FOREIGN_KEYS =
      """
      SELECT c.conname,
             c.conrelid::regclass::text,
             c.confrelid::regclass::text,
             string_agg(format('a.%I = b.%I', x.attname, y.attname), ' AND ' ORDER BY k.n),
             string_agg(format('a.%I IS NOT NULL', x.attname), ' AND ' ORDER BY k.n)
        FROM pg_constraint c
       CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (here, there, n)
        JOIN pg_attribute x ON x.attrelid = c.conrelid AND x.attnum = k.here
        JOIN pg_attribute y ON y.attrelid = c.confrelid AND y.attnum = k.there
       WHERE c.contype = 'f' AND c.conparentid = 0
       GROUP BY 1, c.conrelid, c.confrelid
      """;

  private static final String INDEXES =
      """
      SELECT count(bt_index_check(index => c.oid, heapallindexed => true))
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_am m ON m.oid = c.relam AND m.amname = 'btree'
       WHERE c.relpersistence <> 't' AND c.relkind = 'i' AND i.indisready AND i.indisvalid
      """;

  private final Connection connection;

  DatabaseChecks(DatabaseAddress address) throws SQLException {
    this.connection = address.connect();
    // a large database is read whole
    connection.setNetworkTimeout(Runnable::run, 0);
  }

  /** The number of rows of every table that was counted with the backup. */
  Check rows(Map<String, String> facts) throws SQLException {
    var off = new ArrayList<String>();
    int tables = 0;
    for (var fact : new TreeMap<>(facts).entrySet()) {
      if (fact.getKey().startsWith(ROWS) && !fact.getKey().equals(ROWS + "lsn")) {
        tables++;
        long then = Long.parseLong(fact.getValue());
        String table = fact.getKey().substring(ROWS.length());
        long now = number("SELECT count(*) FROM " + table);
        if (Math.abs(now - then) > FEW + then / 10) {
          off.add("%s has %,d rows, the backup counted %,d".formatted(table, now, then));
        }
      }
    }
    boolean ok = off.isEmpty() && tables > 0;
    return new Check(
        "rows",
        ok,
        ok
            ? tables + " tables have as many rows as were counted with the backup, give or take"
            : tables == 0 ? "the backup counted nothing" : String.join("; ", off));
  }

  /** The schema's version. */
  Check schema(Map<String, String> facts) throws SQLException {
    String now =
        text(
            "SELECT version FROM schema_history WHERE success"
                + " ORDER BY installed_rank DESC LIMIT 1");
    boolean same = now.equals(facts.getOrDefault("schema", ""));
    return new Check("schema", same, "version " + now);
  }

  /** Every reference from one table to another. */
  Check foreignKeys() throws SQLException {
    var broken = new ArrayList<String>();
    List<List<String>> keys = table(FOREIGN_KEYS, 5);
    for (List<String> key : keys) {
      long dangling =
          number(
              "SELECT count(*) FROM %s a WHERE %s AND NOT EXISTS (SELECT 1 FROM %s b WHERE %s)"
                  .formatted(key.get(1), key.get(4), key.get(2), key.get(3)));
      if (dangling > 0) {
        broken.add("%s: %,d rows refer to nothing".formatted(key.getFirst(), dangling));
      }
    }
    return new Check(
        "references",
        broken.isEmpty(),
        broken.isEmpty() ? keys.size() + " foreign keys hold" : String.join("; ", broken));
  }

  /** Every index against its table, where PostgreSQL brings the means. */
  Check indexes() throws SQLException {
    if (number("SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'") == 0) {
      return new Check(
          "indexes", true, "not compared: this PostgreSQL comes without the extension amcheck");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS amcheck");
      return new Check(
          "indexes", true, number(INDEXES) + " indexes agree with their tables, entry by entry");
    } catch (SQLException e) {
      return new Check("indexes", false, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The heartbeats: that of the backup is there, and none from after the moment that was restored.
   *
   * @param until the moment; empty when everything was restored
   */
  Check ledger(Map<String, String> facts, Optional<Instant> until) throws SQLException {
    String known = facts.getOrDefault("heartbeat", "-1");
    long there =
        number("SELECT count(*) FROM backup_heartbeat WHERE id = " + Long.parseLong(known));
    Optional<Instant> last = lastBeat();
    boolean late = until.isPresent() && last.isPresent() && last.get().isAfter(until.get());
    String detail =
        "heartbeat %s of the backup is %s; the last one is of %s%s"
            .formatted(
                known,
                there == 1 ? "there" : "missing",
                last.map(Instant::toString).orElse("never"),
                late ? ", after the moment that was restored" : "");
    return new Check("ledger", there == 1 && !late, detail);
  }

  private Optional<Instant> lastBeat() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT max(at) FROM backup_heartbeat")) {
      rows.next();
      return Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }

  /** When the last transaction was committed that was replayed. */
  Optional<Instant> lastReplayed() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_last_xact_replay_timestamp()")) {
      rows.next();
      return Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }

  /** How many nanos everybody can find. */
  long listed() throws SQLException {
    return number("SELECT count(*) FROM nano WHERE listed");
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) throws SQLException {
    return table(sql, 1).getFirst().getFirst();
  }

  private List<List<String>> table(String sql, int columns) throws SQLException {
    var all = new ArrayList<List<String>>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(row);
      }
    }
    return all;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
