package dev.nanoctl.appliance;

import dev.nanoctl.appliance.tls.ServedCertificate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How much of an instance is used.
 *
 * @param requests empty while the server does not tell
 * @param database empty while the database does not answer
 * @param certificate empty without TLS
 */
public record Usage(
    Optional<Requests> requests,
    Optional<Database> database,
    Space disk,
    Optional<ServedCertificate> certificate) {

  /**
   * What the server answered.
   *
   * @param lately how many requests within the last minutes
   * @param p95Seconds within which 95 of 100 of those were answered; empty without requests
   * @param errorsInADay how many requests failed within 24 hours for a reason of the server's
   */
  public record Requests(long lately, OptionalDouble p95Seconds, long errorsInADay) {}

  /** The database: its version, its size, and how many of its connections are taken. */
  public record Database(String version, long bytes, int connections, int mostConnections) {
    /**
     * With PostgreSQL's {@code server_version_num}, which is ten thousand times the major version
     * and the minor one added.
     */
    static Database of(int version, long bytes, int connections, int mostConnections) {
      return new Database(
          "%d.%d".formatted(version / 10_000, version % 10_000),
          bytes,
          connections,
          mostConnections);
    }
  }

  /**
   * The disk of the site.
   *
   * @param daysLeft in how many days it will be full; empty where that cannot be told, or never
   */
  public record Space(long freeBytes, OptionalLong daysLeft) {}
}
