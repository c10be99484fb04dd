package dev.nanoctl.backup;

import java.util.UUID;

/**
 * The point of a database's history at which a snapshot was cut, and the write-ahead log that makes
 * it consistent.
 *
 * @param lineage the unbroken history that the log belongs to; a restore begins a new one
 * @param systemId PostgreSQL's, unique since {@code initdb}
 * @param timeline the timeline the base backup ended on
 * @param start the first byte of log that a restore needs
 * @param stop the log is needed up to here before the cluster is consistent
 * @param serverVersion as PostgreSQL reports it, such as {@code 18.6}
 */
public record DatabaseCut(
    UUID lineage,
    long systemId,
    int timeline,
    LogPosition start,
    LogPosition stop,
    String serverVersion) {
  /** Refuses a stop before the start. */
  public DatabaseCut {
    if (stop.compareTo(start) < 0) {
      throw new IllegalArgumentException("the backup stops at " + stop + ", before " + start);
    }
  }
}
