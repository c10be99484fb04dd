package dev.nanoctl.backup.logical;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Brings a logical backup into a database, into tables of its own beside the live ones. The tables
 * are made by the application's own migrations; rows, sequences and references follow in one
 * transaction, and are counted. Nothing live is touched: {@link SchemaSwitch} changes them over.
 */
public final class LogicalRestore {
  private final DatabaseSource database;
  private final BlockSource source;
  private final TableBuilder builder;
  private final LongConsumer progress;

  /**
   * From that snapshot into that database.
   *
   * @param database as the role that owns the application's tables
   * @param progress is told how many bytes were written, now and then
   */
  public LogicalRestore(
      DatabaseSource database, BlockSource source, TableBuilder builder, LongConsumer progress) {
    this.database = database;
    this.source = source;
    this.builder = builder;
    this.progress = progress;
  }

  /**
   * Brings it into {@link Schemas#NEXT}; what is left there of an attempt before is removed first.
   *
   * @return what was brought in
   * @throws dev.nanoctl.core.ProblemException when the role may not, the backup is damaged or of
   *     another application, or the database refuses
   */
  public Catalogue load() throws IOException {
    Catalogue catalogue = Catalogue.read(source);
    try {
      var change = new SchemaSwitch(database);
      change.requireAllowed();
      change.discard();
      change.prepare();
      builder.build(Schemas.NEXT, catalogue.schema());
      fill(catalogue);
      return catalogue;
    } catch (SQLException e) {
      throw LogicalProblem.unloaded(e);
    }
  }

  private void fill(Catalogue catalogue) throws SQLException, IOException {
    try (Connection connection = Session.begin(database)) {
      Sql.run(connection, "SET LOCAL search_path = " + Sql.quote(Schemas.NEXT) + ", pg_catalog");
      requireSame(catalogue, new TableReader(connection, Schemas.NEXT));
      var rules = Rules.lift(connection, Schemas.NEXT);
      truncate(connection, catalogue);
      copy(connection, catalogue);
      for (Sequence sequence : catalogue.sequences()) {
        set(connection, sequence);
      }
      rules.putBack(connection);
      count(connection, catalogue);
      connection.commit();
      // without it the first queries would be planned as if the tables were empty
      for (Table table : catalogue.tables()) {
        Sql.run(connection, "ANALYZE " + table.quoted(Schemas.NEXT));
      }
      connection.commit();
    }
  }

  private static void requireSame(Catalogue catalogue, TableReader made) throws SQLException {
    if (!made.history(LogicalBackup.HISTORY).equals(catalogue.history())) {
      throw LogicalProblem.unlike("it was made by other migrations than this program has");
    }
    Map<String, Table> tables = made.tables();
    for (Table table : catalogue.tables()) {
      Table here = tables.remove(table.name());
      if (here == null) {
        throw LogicalProblem.unlike(
            "it holds a table that is not the application's: " + table.name());
      }
      if (!here.columns().equals(table.columns())) {
        throw LogicalProblem.unlike("the columns of %s are others".formatted(table.name()));
      }
    }
    if (!tables.isEmpty()) {
      throw LogicalProblem.unlike("it lacks the table " + tables.keySet().iterator().next());
    }
    List<String> sequences = catalogue.sequences().stream().map(Sequence::name).toList();
    if (!made.sequenceNames().equals(sequences)) {
      throw LogicalProblem.unlike("its sequences are others");
    }
  }

  /** Migrations fill some tables. */
  private static void truncate(Connection connection, Catalogue catalogue) throws SQLException {
    String names =
        catalogue.tables().stream()
            .map(table -> table.quoted(Schemas.NEXT))
            .collect(Collectors.joining(", "));
    Sql.run(connection, "TRUNCATE " + names);
  }

  private void copy(Connection connection, Catalogue catalogue) throws SQLException, IOException {
    Map<String, List<SnapshotFile>> byFolder =
        source.manifest().files().stream()
            .filter(file -> file.part() == Part.DATABASE)
            .collect(Collectors.groupingBy(LogicalRestore::folder));
    long[] written = {0};
    for (Table table : catalogue.tables()) {
      List<SnapshotFile> files = byFolder.getOrDefault(table.folder(), List.of());
      if (!files.isEmpty()) {
        copy(connection, table, files, written);
      }
    }
  }

  private static String folder(SnapshotFile file) {
    String path = file.source().path();
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private void copy(Connection connection, Table table, List<SnapshotFile> files, long[] written)
      throws SQLException, IOException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY %s (%s) FROM STDIN"
                    .formatted(table.quoted(Schemas.NEXT), table.columnList()));
    try {
      for (SnapshotFile file : files) {
        source.read(file, (bytes, offset, length) -> send(copy, bytes, offset, length));
        written[0] += file.source().size();
        progress.accept(written[0]);
      }
      copy.endCopy();
    } catch (Refused e) {
      throw e.why;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void send(CopyIn copy, byte[] bytes, int offset, int length) throws Refused {
    try {
      copy.writeToCopy(bytes, offset, length);
    } catch (SQLException e) {
      throw new Refused(e);
    }
  }

  private static void set(Connection connection, Sequence sequence) throws SQLException {
    String name = Sql.quote(Schemas.NEXT) + "." + Sql.quote(sequence.name());
    Sql.text(
        connection,
        "SELECT setval(%s::regclass, %d, %b)"
            .formatted(Sql.literal(name), sequence.last(), sequence.called()));
  }

  private static void count(Connection connection, Catalogue catalogue) throws SQLException {
    for (Table table : catalogue.tables()) {
      String sql = "SELECT count(*) FROM ONLY " + table.quoted(Schemas.NEXT);
      long there = Long.parseLong(Sql.text(connection, sql));
      if (there != table.rows()) {
        throw LogicalProblem.unlike(
            "%s has %,d rows, the backup counted %,d".formatted(table.name(), there, table.rows()));
      }
    }
  }

  /** Carries the database's refusal through the reading of a file. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient SQLException why;

    Refused(SQLException why) {
      super(why);
      this.why = why;
    }
  }
}
