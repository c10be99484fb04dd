package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A restored cluster on a port of its own, apart from everything: it replays its log and opens. It
 * archives nothing and listens on this machine only.
 */
final class RestoredCluster implements OpenedCluster {
  private static final Duration SHUTDOWN = Duration.ofMinutes(2);
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "archive_mode=off",
          "hot_standby=off",
          "ssl=off",
          "logging_collector=off",
          "log_destination=stderr",
          "max_slot_wal_keep_size=-1");

  private final PostgresServer server;
  private final DatabaseAddress address;
  private final Path log;

  private RestoredCluster(PostgresServer server, DatabaseAddress address, Path log) {
    this.server = server;
    this.address = address;
    this.log = log;
  }

  /**
   * Starts it and waits until it has replayed its log and opened. What a killed process left
   * running on it is ended before.
   *
   * @param cluster whose data directory was restored; it is given to the cluster's account
   * @param superuser the password of the superuser in the restored data
   * @param atMost for how long the log may be replayed
   * @throws dev.nanoctl.core.ProblemException with {@code NC-RESTORE-UNREACHED} when log ends
   *     before the target
   */
  static RestoredCluster open(Cluster cluster, Secret superuser, Duration atMost)
      throws IOException, InterruptedException {
    end(cluster);
    own(cluster);
    Path log = newLog(cluster);
    int port = ThrowawayPostgres.freePort();
    var address = new DatabaseAddress(port, "postgres", ClusterInit.SUPERUSER, superuser);
    var restored = start(cluster, address, log, SETTINGS);
    restored.require(() -> restored.server.awaitReady(address, log, atMost));
    return restored;
  }

  /**
   * The same with the files of a server that somebody else set up; see {@link SpareCluster#adopt}.
   */
  static RestoredCluster adopt(Cluster cluster, Secret superuser, String role, Duration atMost)
      throws IOException, InterruptedException {
    end(cluster);
    var foreign = new ForeignCluster(cluster);
    foreign.configure(role);
    own(cluster);
    Path log = newLog(cluster);
    int port = ThrowawayPostgres.freePort();
    var address = new DatabaseAddress(port, "template1", ForeignCluster.SUPERUSER, superuser);
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(ForeignCluster.SETTINGS);
    try (var replayed = start(cluster, address, log, settings)) {
      replayed.require(() -> replayed.server.awaitOpen(port, log, atMost));
    }
    foreign.makeSuperuser(superuser);
    var restored = start(cluster, address, log, settings);
    restored.require(() -> restored.server.awaitReady(address, log, SHUTDOWN));
    return restored;
  }

  private static Path newLog(Cluster cluster) throws IOException {
    Path log = cluster.home().resolve("restore.log");
    Files.deleteIfExists(log);
    return log;
  }

  private static RestoredCluster start(
      Cluster cluster, DatabaseAddress address, Path log, List<String> settings)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(settings);
    all.add("port=" + address.port());
    return new RestoredCluster(PostgresServer.start(cluster, log, all), address, log);
  }

  private interface Wait {
    void run() throws InterruptedException;
  }

  /** Waits for what it is to come to; where it does not come to that, it is ended. */
  private void require(Wait wait) throws IOException, InterruptedException {
    try {
      wait.run();
    } catch (ProblemException e) {
      close();
      throw new RecoveryLog(Files.readString(log)).explained(e);
    } catch (InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Ends what runs on a restored cluster and removes all of it; nothing there is no error. */
  static void remove(Cluster cluster) throws IOException, InterruptedException {
    end(cluster);
    Trees.delete(cluster.home());
  }

  private static void end(Cluster cluster) throws IOException, InterruptedException {
    Optional<PostgresServer> left = PostgresServer.running(cluster);
    if (left.isPresent()) {
      left.get().stop(SHUTDOWN);
    }
  }

  private static void own(Cluster cluster) throws IOException {
    try (Stream<Path> all = Files.walk(cluster.home())) {
      for (Path path : all.toList()) {
        cluster.account().own(path);
      }
    }
  }

  @Override
  public DatabaseAddress address() {
    return address;
  }

  @Override
  public Optional<Instant> stoppedBefore() throws IOException {
    return new RecoveryLog(Files.readString(log)).stoppedBefore();
  }

  @Override
  public void close() {
    try {
      server.stop(SHUTDOWN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
