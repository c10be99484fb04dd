package dev.nanoctl.backup.wire;

import dev.nanoctl.backup.LogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Log on its way from the server. What is durable is confirmed by {@link #confirm} and by nothing
 * else: the server forgets up to there.
 */
public final class LogStream {
  /** One message. */
  public sealed interface Piece {
    /**
     * Log that begins at a position.
     *
     * @param bytes valid until the next piece is asked for
     */
    record Log(LogPosition start, ByteBuffer bytes) implements Piece {}

    /**
     * A sign of life.
     *
     * @param end of the server's log
     * @param answer whether the server wants to hear from us at once
     */
    record Alive(LogPosition end, boolean answer) implements Piece {}

    /**
     * The timeline is at its end; the connection can be used for the next one.
     *
     * @param next the timeline that follows
     * @param start where it begins
     */
    record TimelineEnded(int next, LogPosition start) implements Piece {}
  }

  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final PostgresConnection connection;
  private Optional<Piece.TimelineEnded> ended;
  private LogPosition received;
  private LogPosition confirmed = new LogPosition(0);

  private LogStream(
      PostgresConnection connection, LogPosition from, Optional<Piece.TimelineEnded> ended) {
    this.connection = connection;
    this.received = from;
    this.ended = ended;
  }

  static LogStream begin(PostgresConnection connection, LogPosition from) throws IOException {
    Frame frame = connection.next();
    if (frame.type() == 'W') {
      return new LogStream(connection, from, Optional.empty());
    }
    if (frame.type() == 'T') {
      return new LogStream(connection, from, Optional.of(following(connection)));
    }
    throw new ProtocolException(
        "no log on this timeline after %s (message '%c')".formatted(from, frame.type()));
  }

  /** The next message, or nothing when none arrives within that time. */
  public Optional<Piece> poll(Duration patience) throws IOException {
    if (ended.isPresent()) {
      return Optional.of(ended.get());
    }
    Optional<Frame> frame = connection.poll((int) patience.toMillis());
    if (frame.isEmpty()) {
      return Optional.empty();
    }
    return switch (frame.get().type()) {
      case 'd' -> Optional.of(piece(frame.get().body()));
      case 'c' -> {
        connection.write('c', ByteBuffer.allocate(0));
        Piece.TimelineEnded end = following(connection);
        ended = Optional.of(end);
        yield Optional.of(end);
      }
      default ->
          throw new ProtocolException("a message '%c' within log".formatted(frame.get().type()));
    };
  }

  /**
   * Tells the server how far log is durable with us. It never goes back, and never beyond what was
   * received.
   *
   * @throws IllegalArgumentException beyond what was received
   * @throws IllegalStateException when the timeline is at its end
   */
  public void confirm(LogPosition durable) throws IOException {
    if (ended.isPresent()) {
      throw new IllegalStateException("the timeline ended");
    }
    if (durable.compareTo(received) > 0) {
      throw new IllegalArgumentException(
          "%s cannot be durable, only %s was received".formatted(durable, received));
    }
    if (durable.compareTo(confirmed) > 0) {
      confirmed = durable;
    }
    ByteBuffer status = ByteBuffer.allocate(34);
    status.put((byte) 'r').putLong(received.value()).putLong(confirmed.value());
    status.putLong(confirmed.value()).putLong(micros()).put((byte) 0);
    connection.write('d', status.flip());
  }

  private Piece piece(ByteBuffer body) throws ProtocolException {
    char kind = (char) body.get();
    return switch (kind) {
      case 'w' -> log(body);
      case 'k' -> {
        var end = new LogPosition(body.getLong());
        body.getLong();
        yield new Piece.Alive(end, body.get() == 1);
      }
      default -> throw new ProtocolException("a piece '%c' of log".formatted(kind));
    };
  }

  private Piece log(ByteBuffer body) throws ProtocolException {
    var start = new LogPosition(body.getLong());
    body.getLong();
    body.getLong();
    if (!start.equals(received)) {
      throw new ProtocolException(
          "log goes on at %s where %s was expected".formatted(start, received));
    }
    received = new LogPosition(start.value() + body.remaining());
    return new Piece.Log(start, body.slice());
  }

  private static Piece.TimelineEnded following(PostgresConnection connection) throws IOException {
    List<List<String>> next = connection.result();
    connection.ready();
    if (next.size() != 1) {
      throw new ProtocolException("the timeline ended without a next one");
    }
    List<String> row = next.getFirst();
    return new Piece.TimelineEnded(Integer.parseInt(row.get(0)), LogPosition.parse(row.get(1)));
  }

  private static long micros() {
    Duration since = Duration.between(EPOCH, Instant.now());
    return since.toSeconds() * 1_000_000 + since.toNanosPart() / 1000;
  }
}
