package dev.nanoctl.server.db;

import dev.nanoctl.core.Secret;
import java.time.Duration;

/**
 * How to reach the database.
 *
 * @param url a JDBC URL of PostgreSQL
 * @param user the role
 * @param password its password
 * @param poolSize the most connections
 * @param patience how long a caller waits for a connection
 */
public record DatabaseConfig(
    String url, String user, Secret password, int poolSize, Duration patience) {
  /** Ten connections, three seconds. */
  public static DatabaseConfig of(String url, String user, Secret password) {
    return new DatabaseConfig(url, user, password, 10, Duration.ofSeconds(3));
  }
}
