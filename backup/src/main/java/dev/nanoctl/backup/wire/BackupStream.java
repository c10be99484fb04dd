package dev.nanoctl.backup.wire;

import dev.nanoctl.backup.LogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A base backup on its way: archives in the form of tar, then the server's manifest. */
public final class BackupStream {
  /** One piece of it. */
  public sealed interface Piece {
    /**
     * A new archive begins.
     *
     * @param tablespace where it lies outside of the data directory; empty for the main one
     */
    record Archive(String name, String tablespace) implements Piece {}

    /** The manifest begins. */
    record Manifest() implements Piece {}

    /** Bytes of what began last; valid until the next piece is asked for. */
    record Data(ByteBuffer bytes) implements Piece {}

    /** How many bytes were read so far, as the server counts. */
    record Progress(long bytes) implements Piece {}
  }

  /**
   * A tablespace outside of the data directory.
   *
   * @param oid also its name below {@code pg_tblspc}
   */
  public record Tablespace(String oid, String location) {}

  private final PostgresConnection connection;
  private final LogPosition start;
  private final int timeline;
  private final List<Tablespace> tablespaces;
  private final long estimate;
  private Optional<LogPosition> stop = Optional.empty();

  private BackupStream(
      PostgresConnection connection, List<String> position, List<List<String>> spaces) {
    this.connection = connection;
    this.start = LogPosition.parse(position.get(0));
    this.timeline = Integer.parseInt(position.get(1));
    this.tablespaces =
        spaces.stream()
            .filter(row -> !row.get(0).isEmpty())
            .map(row -> new Tablespace(row.get(0), row.get(1)))
            .toList();
    this.estimate =
        spaces.stream()
            .map(row -> row.get(2))
            .filter(kilobytes -> !kilobytes.isEmpty())
            .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
            .sum();
  }

  static BackupStream begin(PostgresConnection connection) throws IOException {
    List<List<String>> position = connection.result();
    List<List<String>> spaces = connection.result();
    if (position.size() != 1) {
      throw new ProtocolException("the base backup does not say where it starts");
    }
    connection.expect('H');
    return new BackupStream(connection, position.getFirst(), spaces);
  }

  /** From where on log is needed to make the backup consistent. */
  public LogPosition start() {
    return start;
  }

  /** The timeline of {@link #start}. */
  public int timeline() {
    return timeline;
  }

  /** Tablespaces outside of the data directory. */
  public List<Tablespace> tablespaces() {
    return tablespaces;
  }

  /** How many bytes the server expects to send; it may turn out otherwise. */
  public long estimate() {
    return estimate;
  }

  /** The next piece; empty at the end, when {@link #stop} is known. */
  public Optional<Piece> next() throws IOException {
    if (stop.isPresent()) {
      return Optional.empty();
    }
    Frame frame = connection.next();
    return switch (frame.type()) {
      case 'd' -> Optional.of(piece(frame.body()));
      case 'c' -> {
        end();
        yield Optional.empty();
      }
      default ->
          throw new ProtocolException(
              "a message '%c' within the base backup".formatted(frame.type()));
    };
  }

  /**
   * Up to where log is needed.
   *
   * @throws IllegalStateException before the end was read
   */
  public LogPosition stop() {
    return stop.orElseThrow(() -> new IllegalStateException("the backup goes on"));
  }

  private void end() throws IOException {
    List<List<String>> position = connection.result();
    if (position.size() != 1) {
      throw new ProtocolException("the base backup does not say where it ends");
    }
    connection.ready();
    stop = Optional.of(LogPosition.parse(position.getFirst().getFirst()));
  }

  private static Piece piece(ByteBuffer body) throws ProtocolException {
    char kind = (char) body.get();
    return switch (kind) {
      case 'n' -> new Piece.Archive(PostgresError.text(body), PostgresError.text(body));
      case 'm' -> new Piece.Manifest();
      case 'd' -> new Piece.Data(body.slice());
      case 'p' -> new Piece.Progress(body.getLong());
      default -> throw new ProtocolException("a piece '%c' of the base backup".formatted(kind));
    };
  }
}
