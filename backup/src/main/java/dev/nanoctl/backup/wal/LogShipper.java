package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wire.LogStream;
import dev.nanoctl.backup.wire.PostgresException;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.backup.wire.Slot;
import dev.nanoctl.backup.wire.TimelineHistory;
import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Ships the log of one lineage for as long as one connection lasts. The slot on the server is the
 * spool: it is moved only to the end of what is durable in the store without a hole, so that
 * neither a crash here nor an outage there loses log.
 */
public final class LogShipper {
  private static final Duration TICK = Duration.ofMillis(100);

  /** The server ends connections that are silent for a minute. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private final ServerAddress address;
  private final ShipperSettings settings;
  private final LogStore store;
  private final InstantSource clock;
  private volatile Optional<ShipperStatus> status = Optional.empty();

  /** Ships from that server to that store. */
  public LogShipper(
      ServerAddress address, ShipperSettings settings, LogStore store, InstantSource clock) {
    this.address = address;
    this.settings = settings;
    this.store = store;
    this.clock = clock;
  }

  /** How far it has come; empty until log flows. */
  public Optional<ShipperStatus> status() {
    return status;
  }

  /**
   * Ships until the thread is interrupted or the connection ends.
   *
   * @param archived what is in the store already; empty for a new lineage, which begins where the
   *     slot does
   * @throws IOException when the connection ended: call again, with what is archived by then
   * @throws dev.nanoctl.core.ProblemException when the lineage cannot go on: {@code
   *     NC-BACKUP-LINEAGE} when the server is not where it left off, {@code NC-BACKUP-WAL-GONE}
   *     when the server no longer has what comes next
   */
  public void run(Optional<Resumption.Archived> archived) throws IOException, InterruptedException {
    try (var connection = ReplicationConnection.open(address)) {
      connection.createSlot(settings.slot());
      DatabaseIdentity identity = connection.identify();
      TimelineHistory history = connection.history(identity.timeline());
      var next = resume(connection, archived, identity, history);
      keepHistories(connection, next.timeline(), identity.timeline());
      while (true) {
        next = follow(connection, next, identity.end());
      }
    } catch (PostgresException e) {
      throw e.problem().raise(e);
    }
  }

  /** What the store holds of the lineage; empty if it has yet to begin. */
  public static Optional<Resumption.Archived> archived(
      LogStore store, ShipperSettings settings, long systemId) throws IOException {
    return new ArchiveEnd(store, settings).find(systemId);
  }

  private Resumption.Continue resume(
      ReplicationConnection connection,
      Optional<Resumption.Archived> archived,
      DatabaseIdentity identity,
      TimelineHistory history)
      throws IOException {
    Slot slot =
        connection
            .slot(settings.slot())
            .orElseThrow(() -> gone("the server gave up the log it kept for the backup"));
    if (archived.isEmpty()) {
      LogPosition from = segmentOf(slot.restart(), segment(connection));
      return new Resumption.Continue(history.at(from), from);
    }
    return switch (Resumption.decide(archived.get(), identity, history)) {
      case Resumption.Continue next -> next.notAfter(slot, settings.back());
      case Resumption.NewLineage other ->
          throw new Problem.NotWell(
                  "NC-BACKUP-LINEAGE",
                  "the log cannot go on where the archive ends: " + other.reason(),
                  "nanoctl backup create begins a new window; what is archived stays")
              .raise();
    };
  }

  private void keepHistories(ReplicationConnection connection, int from, int to)
      throws IOException {
    for (int timeline = Math.max(2, from); timeline <= to; timeline++) {
      try {
        store.putHistory(settings.lineage(), connection.history(timeline));
      } catch (PostgresException e) {
        if (timeline == to) {
          throw e;
        }
      }
    }
  }

  /** Ships one timeline to its end. */
  private Resumption.Continue follow(
      ReplicationConnection connection, Resumption.Continue next, LogPosition known)
      throws IOException, InterruptedException {
    LogStream stream = connection.stream(settings.slot(), next.from(), next.timeline());
    try (var uploads = new Uploads(store, settings, next.timeline(), next.from(), clock)) {
      LogPosition server = known;
      Instant confirmed = clock.instant();
      LogPosition told = new LogPosition(0);
      while (true) {
        boolean reply = false;
        if (uploads.hasRoom()) {
          Optional<LogStream.Piece> piece = stream.poll(TICK);
          if (piece.isPresent()) {
            switch (piece.get()) {
              case LogStream.Piece.Log log -> {
                server = later(server, end(log));
                uploads.add(log.bytes());
              }
              case LogStream.Piece.Alive alive -> {
                server = later(server, alive.end());
                reply = alive.answer();
              }
              case LogStream.Piece.TimelineEnded ended -> {
                uploads.finish();
                report(next.timeline(), uploads, server);
                store.putHistory(settings.lineage(), connection.history(ended.next()));
                return new Resumption.Continue(ended.next(), ended.start());
              }
            }
          }
        } else {
          uploads.awaitRoom(TICK);
        }
        uploads.tick();
        LogPosition durable = uploads.durable();
        report(next.timeline(), uploads, server);
        Duration silent = Duration.between(confirmed, clock.instant());
        if (reply || durable.compareTo(told) > 0 || silent.compareTo(SIGN_OF_LIFE) >= 0) {
          stream.confirm(durable);
          told = durable;
          confirmed = clock.instant();
        }
        if (Thread.interrupted()) {
          throw new InterruptedException("shipping was told to end");
        }
      }
    }
  }

  private void report(int timeline, Uploads uploads, LogPosition server) {
    LogPosition durable = uploads.durable();
    Instant now = clock.instant();
    boolean current = durable.compareTo(server) >= 0;
    Instant since = current ? now : status.map(ShipperStatus::current).orElse(now);
    status =
        Optional.of(
            new ShipperStatus(
                timeline, server, durable, since, uploads.failures(), uploads.lastFailure()));
  }

  private static long segment(ReplicationConnection connection) throws IOException {
    String size = connection.show("wal_segment_size");
    return size.endsWith("GB")
        ? Long.parseLong(size.substring(0, size.length() - 2)) << 30
        : Long.parseLong(size.substring(0, size.length() - 2)) << 20;
  }

  private static LogPosition segmentOf(LogPosition position, long segment) {
    return new LogPosition(position.value() & -segment);
  }

  private static LogPosition end(LogStream.Piece.Log log) {
    return new LogPosition(log.start().value() + log.bytes().remaining());
  }

  private static LogPosition later(LogPosition a, LogPosition b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static RuntimeException gone(String why) {
    return new Problem.NotWell(
            "NC-BACKUP-WAL-GONE", why, "nanoctl backup create begins a new window")
        .raise();
  }
}
