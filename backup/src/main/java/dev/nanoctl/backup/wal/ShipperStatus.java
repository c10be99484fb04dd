package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.LogPosition;
import java.time.Duration;
import java.time.Instant;

/**
 * How far shipping has come.
 *
 * @param timeline that is being read
 * @param server the end of the server's log, as last heard
 * @param durable the end of what is durable without a hole
 * @param current when {@code durable} last was at or past what the server had
 * @param failures how often in a row the repository failed
 * @param lastFailure what it said, empty when it does not fail
 */
public record ShipperStatus(
    int timeline,
    LogPosition server,
    LogPosition durable,
    Instant current,
    int failures,
    String lastFailure) {
  /** How much log is not durable yet, in bytes. */
  public long lag() {
    return Math.max(0, server.value() - durable.value());
  }

  /** For how long something has been waiting to become durable. */
  public Duration behind(Instant now) {
    return lag() == 0 ? Duration.ZERO : Duration.between(current, now);
  }
}
