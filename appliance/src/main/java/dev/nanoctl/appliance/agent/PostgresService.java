package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.postgres.Cluster;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.PostgresServer;
import dev.nanoctl.appliance.process.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** PostgreSQL as the agent sees it. */
public final class PostgresService implements Service {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final Supplier<DatabaseAddress> address;
  private final Path log;

  /**
   * The postmaster of that cluster, which answers at that address.
   *
   * @param address asked for each time, as the password changes now and then
   */
  public PostgresService(Cluster cluster, Supplier<DatabaseAddress> address, Path log) {
    this.cluster = cluster;
    this.address = address;
    this.log = log;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Optional<RunningProcess> running() {
    return PostgresServer.running(cluster).map(PostgresServer::process);
  }

  @Override
  public RunningProcess start() throws IOException, InterruptedException {
    return PostgresServer.start(cluster, log, List.of()).process();
  }

  @Override
  public boolean healthy() {
    return PostgresServer.running(cluster).filter(PostgresServer::acceptsConnections).isPresent()
        && address.get().answers();
  }

  @Override
  public void stop(RunningProcess process) throws IOException, InterruptedException {
    Optional<PostgresServer> server = PostgresServer.running(cluster);
    if (server.isPresent()) {
      server.get().stop(PATIENCE);
    }
  }

  @Override
  public void abandon(RunningProcess process) throws IOException, InterruptedException {
    stop(process);
  }

  /** No: it may be reading its log after a crash, and killing it would only begin that again. */
  @Override
  public boolean restartWhenMute() {
    return false;
  }
}
