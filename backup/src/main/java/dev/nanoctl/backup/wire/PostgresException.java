package dev.nanoctl.backup.wire;

import dev.nanoctl.core.Problem;
import java.io.IOException;

/** The server refused something. Connections outlive it unless the severity is FATAL. */
public final class PostgresException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient PostgresError error;

  PostgresException(PostgresError error) {
    super(error.toString());
    this.error = error;
  }

  /** What the server said. */
  public PostgresError error() {
    return error;
  }

  /** Whether the error has that SQLSTATE. */
  public boolean is(String state) {
    return error.state().equals(state);
  }

  /** This error as something an administrator can act on. */
  public Problem problem() {
    String said = "PostgreSQL says: " + error.message();
    return switch (error.state()) {
      case "28P01", "28000" ->
          new Problem.Configuration(
              "NC-BACKUP-LOGIN",
              said,
              "check user and password of the backup, and that pg_hba.conf lets it in for"
                  + " replication");
      case "42501" ->
          new Problem.Configuration(
              "NC-BACKUP-PERMISSION",
              said,
              "give the role of the backup: ALTER ROLE … REPLICATION");
      case "55006" ->
          new Problem.Locked(
              "NC-BACKUP-SLOT-BUSY",
              said,
              "another process ships this cluster's log; stop it, or wait until its connection"
                  + " ends");
      case "53300" ->
          new Problem.Unavailable(
              "NC-BACKUP-BUSY", said, "raise max_wal_senders, or end connections that are idle");
      case "55000" ->
          new Problem.Configuration(
              "NC-BACKUP-WAL-LEVEL",
              said,
              "set wal_level to replica, max_wal_senders and max_replication_slots above zero");
      case "58P01", "55P02" ->
          new Problem.NotWell(
              "NC-BACKUP-WAL-GONE",
              said,
              "log that was not backed up yet is gone: a new base backup is needed, nanoctl backup"
                  + " create");
      default ->
          new Problem.Unavailable(
              "NC-BACKUP-DATABASE",
              said + " (" + error.state() + ")",
              "see PostgreSQL's log: nanoctl logs postgres");
    };
  }
}
