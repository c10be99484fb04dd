package dev.nanoctl.server.redis;

import dev.nanoctl.core.Secret;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How to reach a Redis server.
 *
 * @param host its name or address
 * @param port its port
 * @param password read anew for every connection, so that it can be changed while the server runs
 * @param patience how long a command may take before the server counts as away
 */
public record RedisAddress(String host, int port, Supplier<Secret> password, Duration patience) {
  /** A server in the same network: it answers within a quarter of a second or counts as away. */
  public static RedisAddress of(String host, int port, Supplier<Secret> password) {
    return new RedisAddress(host, port, password, Duration.ofMillis(250));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
