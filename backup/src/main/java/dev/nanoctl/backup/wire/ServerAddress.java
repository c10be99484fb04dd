package dev.nanoctl.backup.wire;

import dev.nanoctl.core.Secret;
import java.time.Duration;

/**
 * Where a PostgreSQL listens, and who asks.
 *
 * @param user needs {@code REPLICATION} for what this client is for
 * @param patience the longest silence before a connection counts as dead; streams are exempt
 */
public record ServerAddress(
    String host, int port, String user, Secret password, Encryption encryption, Duration patience) {
  private static final Duration USUAL = Duration.ofSeconds(60);

  /** Checks the range of the port and that patience is positive. */
  public ServerAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
    if (patience.toMillis() < 1) {
      throw new IllegalArgumentException("patience must be positive: " + patience);
    }
  }

  /** A server of this machine, without encryption, with a minute's patience. */
  public static ServerAddress local(int port, String user, Secret password) {
    return new ServerAddress("127.0.0.1", port, user, password, new Encryption.None(), USUAL);
  }
}
