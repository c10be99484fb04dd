package dev.nanoctl.appliance.postgres;

import dev.nanoctl.appliance.process.OsAccount;
import java.nio.file.Path;

/**
 * One PostgreSQL cluster on disk.
 *
 * @param home a folder of its own: {@code data} and the sockets in {@code run}
 * @param account who owns it and runs it; never root
 */
public record Cluster(PostgresPrograms programs, Path home, OsAccount account) {
  /** The data directory. */
  public Path data() {
    return home.resolve("data");
  }

  /** The folder of the Unix socket. */
  public Path run() {
    return home.resolve("run");
  }

  /** The file in the data directory that says which instance the data belong to. */
  public Path stamp() {
    return data().resolve("nanoctl-instance");
  }

  /** PostgreSQL's own note of who runs on this data. */
  Path pidFile() {
    return data().resolve("postmaster.pid");
  }
}
