package dev.nanoctl.backup.logical;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads tables over a few connections that see the same moment; one thread takes what comes. */
final class TableReaders implements AutoCloseable {
  private static final int CONNECTIONS = 2;
  private static final int WAITING = 4;

  /** Takes the pieces of a table in their order; those of several tables come by turns. */
  @FunctionalInterface
  interface Receiver {
    void accept(Table table, String name, byte[] rows) throws IOException;
  }

  /** What a reader has to tell. */
  private sealed interface News {
    record Piece(Table table, String name, ByteBuffer rows) implements News {}

    record Read(Table table, long rows) implements News {}

    record Ended() implements News {}

    record Failed(Exception why) implements News {}
  }

  private final DatabaseSource source;
  private final String schema;
  private final String snapshot;
  private final Queue<Table> left;
  private final BlockingQueue<News> news = new ArrayBlockingQueue<>(WAITING);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TableReaders(DatabaseSource source, String schema, String snapshot, List<Table> tables) {
    this.source = source;
    this.schema = schema;
    this.snapshot = snapshot;
    this.left = new ConcurrentLinkedQueue<>(tables);
  }

  /** Takes everything; the numbers of rows by the names of the tables. */
  Map<String, Long> drain(Receiver receiver)
      throws IOException, InterruptedException, SQLException {
    var counted = new TreeMap<String, Long>();
    int reading = Math.min(CONNECTIONS, left.size());
    for (int i = 0; i < reading; i++) {
      threads.execute(this::read);
    }
    while (reading > 0) {
      switch (news.take()) {
        case News.Piece(Table table, String name, ByteBuffer rows) ->
            receiver.accept(table, name, bytes(rows));
        case News.Read(Table table, long rows) -> counted.put(table.name(), rows);
        case News.Ended() -> reading--;
        case News.Failed(SQLException e) -> throw e;
        case News.Failed(Exception e) -> throw new IOException(e);
      }
    }
    return counted;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void read() {
    try {
      try {
        readAll();
        news.put(new News.Ended());
      } catch (SQLException | IOException | RuntimeException e) {
        news.put(new News.Failed(e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readAll() throws SQLException, IOException, InterruptedException {
    try (Connection connection = Session.beginReading(source, snapshot)) {
      Table table = left.poll();
      while (table != null) {
        news.put(new News.Read(table, read(connection, table)));
        table = left.poll();
      }
      connection.rollback();
    }
  }

  private long read(Connection connection, Table table)
      throws SQLException, IOException, InterruptedException {
    String order = table.keys() == 0 ? "" : " ORDER BY " + table.keyList();
    String sql =
        "COPY (SELECT %s FROM ONLY %s%s) TO STDOUT"
            .formatted(table.columnList(), table.quoted(schema), order);
    var pieces =
        new Pieces(
            table.keys(),
            (name, rows) -> news.put(new News.Piece(table, name, ByteBuffer.wrap(rows))));
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    try {
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        pieces.row(row);
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    return pieces.end();
  }

  /** Ends what is still read. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
