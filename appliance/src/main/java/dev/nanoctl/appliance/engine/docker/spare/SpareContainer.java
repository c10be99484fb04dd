package dev.nanoctl.appliance.engine.docker.spare;

import dev.nanoctl.appliance.engine.docker.Container;
import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.RecoveryLog;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A spare cluster in a container made from the database's own image. What was written to a folder
 * of this machine moves into a volume before it is opened. Its network leads nowhere, and its port
 * is published on the loopback address only.
 */
public final class SpareContainer implements SpareCluster {
  private static final String SUPERUSER = "postgres";
  private static final int PORT = 5432;
  private static final String SHUTDOWN_SECONDS = "120";
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Takes over all or nothing: what has its final name is whole. */
  private static final String TAKE =
      """
      set -e
      rm -rf @FOLDER@
      mkdir -p @FOLDER@
      cp -a /from @FOLDER@/part
      chown -R postgres:postgres @FOLDER@/part
      chmod 700 @FOLDER@/part
      sync
      mv -T @FOLDER@/part @FOLDER@/data
      """;

  /** Who is in the container needs no password; who comes through the port does. */
  private static final String START =
      """
      umask 077
      cat >/tmp/hba <<END
      local all all trust
      host all all all scram-sha-256
      host replication all all scram-sha-256
      END
      exec postgres -D @FOLDER@/data -c hba_file=/tmp/hba -c listen_addresses='*' \
        -c unix_socket_directories=/tmp -c archive_mode=off -c hot_standby=off -c ssl=off \
        -c logging_collector=off -c log_destination=stderr -c max_slot_wal_keep_size=-1 \
        -c lc_messages=C -c timezone=UTC -c log_timezone=UTC -c log_statement=none \
        -c log_min_duration_statement=-1 -c log_min_error_statement=panic
      """;

  private final DockerTool docker;
  private final Place place;
  private final Path home;

  /**
   * A spare cluster there.
   *
   * @param home a folder of this machine for what is fetched, until it is in the volume
   */
  public SpareContainer(DockerTool docker, Place place, Path home) {
    this.docker = docker;
    this.place = place;
    this.home = home;
  }

  @Override
  public Path data() {
    return home.resolve("data");
  }

  @Override
  public OpenedCluster open(Secret superuser, Duration atMost)
      throws IOException, InterruptedException {
    end();
    if (Files.isDirectory(data())) {
      take();
    }
    start();
    try {
      await(atMost);
      // a password that was changed since the backup was taken is not the one in its log
      String sql =
          "ALTER ROLE %s PASSWORD '%s';".formatted(SUPERUSER, superuser.value().replace("'", "''"));
      docker.run(
          List.of(
              "exec",
              "-i",
              place.container(),
              "psql",
              "-qX",
              "-v",
              "ON_ERROR_STOP=1",
              "-U",
              SUPERUSER,
              "-h",
              "/tmp",
              "-d",
              "postgres"),
          sql);
      return new Opened(new DatabaseAddress(port(), "postgres", SUPERUSER, superuser));
    } catch (InterruptedException | RuntimeException e) {
      end();
      throw e;
    }
  }

  private void take() throws IOException, InterruptedException {
    place.makeVolume(docker);
    docker.run(
        place
            .helper(
                List.of(
                    "--mount",
                    "type=bind,source=" + data().toAbsolutePath() + ",target=/from,readonly"),
                TAKE)
            .toArray(new String[0]));
    Trees.delete(data());
  }

  private void start() throws InterruptedException {
    docker.run(
        "network",
        "create",
        "--label",
        Container.INSTANCE + "=" + place.instance(),
        "--opt",
        "com.docker.network.bridge.enable_ip_masquerade=false",
        place.container());
    docker.run(
        "run",
        "--detach",
        "--name",
        place.container(),
        "--label",
        Container.SPARE + "=" + place.instance(),
        "--network",
        place.container(),
        "--publish",
        "127.0.0.1::" + PORT,
        "--user",
        "postgres",
        "--cap-drop",
        "ALL",
        "--security-opt",
        "no-new-privileges",
        "--stop-signal",
        "SIGINT",
        "--volume",
        place.volume() + ":" + Place.MOUNT,
        "--entrypoint",
        "sh",
        place.image(),
        "-c",
        place.filled(START));
  }

  private void await(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!docker.succeeds(
        "exec", place.container(), "pg_isready", "-q", "-h", "/tmp", "-U", SUPERUSER)) {
      boolean runs =
          docker.run("inspect", "--format", "{{.State.Running}}", place.container()).equals("true");
      if (!runs || System.nanoTime() > deadline) {
        throw log().explained(failed(runs ? "does not answer in time" : "ended: " + lastLine()));
      }
      Thread.sleep(PAUSE);
    }
  }

  private static ProblemException failed(String what) {
    return new Problem.Unavailable(
            "NC-POSTGRES-FAILED",
            "the restored database " + what,
            "choose another backup or an earlier time; nanoctl backup verify reads one whole")
        .raise();
  }

  private RecoveryLog log() throws InterruptedException {
    return new RecoveryLog(docker.run("logs", place.container()));
  }

  private String lastLine() throws InterruptedException {
    return log()
        .text()
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((_, last) -> last)
        .orElse("");
  }

  private int port() throws InterruptedException {
    String shown =
        docker.run("port", place.container(), PORT + "/tcp").lines().findFirst().orElse("");
    return Integer.parseInt(shown.substring(shown.lastIndexOf(':') + 1));
  }

  private void end() throws InterruptedException {
    if (docker.succeeds("inspect", "--type", "container", place.container())) {
      docker.run("stop", "--time", SHUTDOWN_SECONDS, place.container());
      docker.run("rm", "--force", "--volumes", place.container());
    }
    docker.succeeds("network", "rm", place.container());
  }

  @Override
  public void remove() throws IOException, InterruptedException {
    end();
    place.remove(docker);
    Trees.delete(home);
  }

  /** The container that runs. */
  private final class Opened implements OpenedCluster {
    private final DatabaseAddress address;

    Opened(DatabaseAddress address) {
      this.address = address;
    }

    @Override
    public DatabaseAddress address() {
      return address;
    }

    @Override
    public Optional<Instant> stoppedBefore() throws InterruptedException {
      return log().stoppedBefore();
    }

    @Override
    public void close() {
      try {
        end();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
