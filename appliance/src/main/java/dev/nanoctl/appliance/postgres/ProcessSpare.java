package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A spare cluster that runs as a process of this machine.
 *
 * @param cluster lies in a folder of its own
 */
public record ProcessSpare(Cluster cluster) implements SpareCluster {
  /** One beside a database that somebody else runs: no account of this machine runs that. */
  public static ProcessSpare beside(PostgresPrograms programs, Path home) {
    return new ProcessSpare(new Cluster(programs, home, ThrowawayPostgres.account()));
  }

  @Override
  public Path data() {
    return cluster.data();
  }

  @Override
  public void create(Secret superuser) throws IOException, InterruptedException {
    new ClusterInit(cluster).create("spare", superuser);
  }

  @Override
  public OpenedCluster open(Secret superuser, Duration atMost)
      throws IOException, InterruptedException {
    return RestoredCluster.open(cluster, superuser, atMost);
  }

  @Override
  public OpenedCluster adopt(Secret superuser, String role, Duration atMost)
      throws IOException, InterruptedException {
    return RestoredCluster.adopt(cluster, superuser, role, atMost);
  }

  @Override
  public void remove() throws IOException, InterruptedException {
    RestoredCluster.remove(cluster);
  }
}
