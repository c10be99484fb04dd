package dev.nanoctl.backup.logical;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.SourceFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Writes down what the tables of one schema hold at one moment, whoever writes to them meanwhile.
 * For databases of which neither the files nor the log can be had; of those, a {@link
 * dev.nanoctl.backup.base.ClusterBackup} is better.
 *
 * <p>Rows are kept as {@code COPY} writes them in its text format, which every version of
 * PostgreSQL reads. Memory grows neither with the tables nor with the number of their rows.
 */
public final class LogicalBackup {
  /** The table in which Flyway notes how the schema came about. */
  public static final String HISTORY = "schema_history";

  private static final int MODE = 0600;

  private final DatabaseSource source;
  private final InstantSource clock;
  private final LongConsumer progress;

  /**
   * Backs up the database behind that source.
   *
   * @param progress is told how many bytes were read, now and then
   */
  public LogicalBackup(DatabaseSource source, InstantSource clock, LongConsumer progress) {
    this.source = source;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Reads every table into the sink.
   *
   * @return what was read
   * @throws dev.nanoctl.core.ProblemException when the database refuses, or has no tables
   */
  public Catalogue run(BlockSink sink) throws IOException, InterruptedException {
    try (Connection leader = Session.beginReading(source)) {
      String snapshot = Sql.text(leader, "SELECT pg_export_snapshot()");
      var reader = new TableReader(leader, Schemas.LIVE);
      Map<String, Table> tables = reader.tables();
      if (!tables.containsKey(HISTORY)) {
        throw LogicalProblem.empty();
      }
      hold(leader, tables.values());
      List<Migration> history = reader.history(HISTORY);
      Map<String, Long> counted = copy(bySize(leader, tables), snapshot, sink);
      var catalogue =
          new Catalogue(
              history.getLast().version(),
              Sql.text(leader, "SHOW server_version"),
              history,
              tables.values().stream()
                  .map(t -> t.with(counted.getOrDefault(t.name(), 0L)))
                  .toList(),
              // read last: no row that was copied has a number that is still to be given out
              reader.sequences());
      keep(catalogue.bytes(), sink);
      leader.rollback();
      return catalogue;
    } catch (SQLException e) {
      throw LogicalProblem.unread(e);
    }
  }

  /** Nobody changes or removes a table while it is read. */
  private static void hold(Connection leader, Collection<Table> tables) throws SQLException {
    String names =
        tables.stream().map(t -> t.quoted(Schemas.LIVE)).collect(Collectors.joining(", "));
    Sql.run(leader, "LOCK TABLE %s IN ACCESS SHARE MODE".formatted(names));
  }

  /** The largest first, so that no reader ends long after the others. */
  private static List<Table> bySize(Connection leader, Map<String, Table> tables)
      throws SQLException {
    String sql =
        """
        SELECT c.relname
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = %s AND c.relkind = 'r'
         ORDER BY c.relpages DESC, 1
        """
            .formatted(Sql.literal(Schemas.LIVE));
    List<Table> all = new ArrayList<>();
    for (String name : Sql.texts(leader, sql)) {
      if (tables.containsKey(name)) {
        all.add(tables.get(name));
      }
    }
    return all;
  }

  private Map<String, Long> copy(List<Table> tables, String snapshot, BlockSink sink)
      throws IOException, InterruptedException, SQLException {
    try (var readers = new TableReaders(source, Schemas.LIVE, snapshot, tables)) {
      long[] read = {0};
      return readers.drain((table, name, rows) -> {
        sink.begin(SourceFile.file(table.folder() + name, rows.length, clock.instant(), MODE));
        sink.write(rows, 0, rows.length);
        sink.end();
        read[0] += rows.length;
        progress.accept(read[0]);
      });
    }
  }

  private void keep(byte[] catalogue, BlockSink sink) throws IOException {
    sink.begin(SourceFile.file(Catalogue.FILE, catalogue.length, clock.instant(), MODE));
    sink.write(catalogue, 0, catalogue.length);
    sink.end();
  }
}
