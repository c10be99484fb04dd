package dev.nanoctl.appliance.postgres;

import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A postmaster on one cluster: started by us, or found running and adopted.
 *
 * <p>It is started with its data directory as working directory and knows it by that alone, so that
 * its account needs no way through the folders above.
 */
public final class PostgresServer {
  /** How programs started in the data directory name it. */
  static final String HERE = "/proc/self/cwd";

  private static final Duration ORPHANS = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final Cluster cluster;
  private final RunningProcess process;

  private PostgresServer(Cluster cluster, RunningProcess process) {
    this.cluster = cluster;
    this.process = process;
  }

  /** The postmaster that runs on this cluster's data directory now, whoever started it. */
  public static Optional<PostgresServer> running(Cluster cluster) {
    return notedPid(cluster)
        .flatMap(RunningProcess::of)
        .filter(process -> worksIn(process, cluster.data()))
        .map(process -> new PostgresServer(cluster, process));
  }

  /**
   * Starts a postmaster that writes to the end of the log file. What a killed one left running on
   * the same data is waited for, then ended.
   *
   * @param settings more settings, each {@code name=value}
   */
  public static PostgresServer start(Cluster cluster, Path log, List<String> settings)
      throws IOException, InterruptedException {
    endOrphans(cluster);
    var command = new ArrayList<>(List.of(cluster.programs().program("postgres"), "-D", HERE));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    Process process =
        builder(cluster, command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new PostgresServer(
        cluster, RunningProcess.of(process.pid()).orElse(new RunningProcess(process.pid(), -1)));
  }

  /** A command run under the cluster's account, in the data directory, with a clean environment. */
  static ProcessBuilder builder(Cluster cluster, List<String> command) {
    var builder = new ProcessBuilder(cluster.account().running(command));
    builder.directory(cluster.data().toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  /** The postmaster. */
  public RunningProcess process() {
    return process;
  }

  /** Waits until a real query is answered; explains from the log why it is not. */
  public void awaitReady(DatabaseAddress address, Path log, Duration atMost)
      throws InterruptedException {
    await(() -> acceptsConnections() && address.answers(), address.port(), log, atMost);
  }

  /** Waits until it takes connections, where nobody can enter yet; explains why it does not. */
  void awaitOpen(int port, Path log, Duration atMost) throws InterruptedException {
    await(this::acceptsConnections, port, log, atMost);
  }

  private void await(BooleanSupplier ready, int port, Path log, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!ready.getAsBoolean()) {
      if (!process.alive()) {
        throw new StartFailure(log).explain(port).raise();
      }
      if (System.nanoTime() > deadline) {
        throw new Problem.Unavailable(
                "NC-POSTGRES-NOT-READY",
                "postgres does not answer after %d s".formatted(atMost.toSeconds()),
                "see nanoctl logs postgres")
            .raise();
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Fast shutdown: open transactions end, everything is written; harder only when that hangs. */
  public void stop(Duration atMost) throws IOException, InterruptedException {
    process.signal("INT");
    if (!process.awaitEnd(atMost)) {
      process.signal("QUIT");
      if (!process.awaitEnd(ORPHANS)) {
        process.signal("KILL");
        process.awaitEnd(ORPHANS);
      }
    }
  }

  /**
   * Whether it has said that it takes connections: it writes "ready" into its pid file. Until then,
   * while it recovers for example, asking would only fill the log.
   */
  public boolean acceptsConnections() {
    try {
      List<String> lines = Files.readAllLines(cluster.pidFile());
      return lines.size() > 7
          && lines.get(0).strip().equals(Long.toString(process.pid()))
          && lines.get(7).startsWith("ready");
    } catch (IOException e) {
      return false;
    }
  }

  /** Backends of a killed postmaster end by themselves; until then no new one may start. */
  private static void endOrphans(Cluster cluster) throws IOException, InterruptedException {
    Optional<PostgresServer> running = running(cluster);
    if (running.isPresent()) {
      throw new Problem.Unavailable(
              "NC-POSTGRES-RUNNING",
              "postgres (pid %d) already runs on %s"
                  .formatted(running.get().process.pid(), cluster.data()),
              "nanoctl start adopts it; nanoctl stop ends it")
          .raise();
    }
    for (RunningProcess orphan : workingIn(cluster.data())) {
      if (!orphan.awaitEnd(ORPHANS)) {
        orphan.signal("KILL");
        orphan.awaitEnd(ORPHANS);
      }
    }
    forgetStalePid(cluster);
  }

  /**
   * Nothing runs on this data any more. Where the noted process id still exists, as another program
   * or as a dead one nobody collected, PostgreSQL would take it for a postmaster for ever.
   */
  private static void forgetStalePid(Cluster cluster) throws IOException {
    Optional<Long> noted = notedPid(cluster);
    if (noted.isPresent() && Files.exists(Path.of("/proc/" + noted.get()))) {
      Files.delete(cluster.pidFile());
    }
  }

  private static Optional<Long> notedPid(Cluster cluster) {
    try {
      List<String> lines = Files.readAllLines(cluster.pidFile());
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(Long.valueOf(lines.getFirst().strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean worksIn(RunningProcess process, Path data) {
    try {
      Path real = data.toRealPath();
      return process.directory().filter(real::equals).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  static List<RunningProcess> workingIn(Path data) throws IOException {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.flatMap(handle -> RunningProcess.of(handle.pid()).stream())
          .filter(process -> process.name().equals("postgres") && worksIn(process, data))
          .toList();
    }
  }
}
