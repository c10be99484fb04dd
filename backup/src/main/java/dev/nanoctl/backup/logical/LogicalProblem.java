package dev.nanoctl.backup.logical;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What can be wrong with logical backups. What rows hold is not told: it is people's. */
final class LogicalProblem {
  private LogicalProblem() {}

  /** The database refused to be read. */
  static ProblemException unread(SQLException e) {
    return new Problem.Unavailable(
            "NC-BACKUP-DATABASE",
            "the database did not answer the backup: " + said(e),
            "nanoctl status, then repeat it")
        .raise(new SQLException(said(e), e.getSQLState()));
  }

  /** There is nothing of the application in the database. */
  static ProblemException empty() {
    return new Problem.NotWell(
            "NC-BACKUP-EMPTY",
            "the database has no tables of this application",
            "check postgres.external in nanoctl.yml, then: nanoctl restart")
        .raise();
  }

  /** The rows could not be brought back; the live data are as before. */
  static ProblemException unloaded(SQLException e) {
    return new Problem.Verification(
            "NC-RESTORE-LOAD",
            "the backup could not be brought into the database: " + said(e),
            "what is live is unchanged; mend what the database says, or: nanoctl backup verify")
        .raise(new SQLException(said(e), e.getSQLState()));
  }

  /** What is in the backup is not what can be brought back by this program. */
  static ProblemException unlike(String why) {
    return new Problem.Verification(
            "NC-RESTORE-LOAD",
            "the backup could not be brought into the database: " + why,
            "what is live is unchanged; nanoctl backup verify, or choose another: nanoctl backup"
                + " list")
        .raise();
  }

  /** The role of the application may not do what a restore needs. */
  static ProblemException notAllowed(String why, String fix) {
    return new Problem.Preflight("NC-RESTORE-PERMISSION", why, fix).raise();
  }

  /** The switch did not happen. */
  static ProblemException unswitched(SQLException e) {
    return new Problem.Unavailable(
            "NC-RESTORE-SWITCH",
            "the database did not change over: " + said(e),
            "what is live is unchanged; end other connections to the database, then repeat")
        .raise(new SQLException(said(e), e.getSQLState()));
  }

  /** The server's word without the values it may quote, or the client's where it has none. */
  private static String said(SQLException e) {
    Optional<ServerErrorMessage> server =
        e instanceof PSQLException known
            ? Optional.ofNullable(known.getServerErrorMessage())
            : Optional.empty();
    if (server.isEmpty()) {
      return String.valueOf(e.getMessage());
    }
    ServerErrorMessage message = server.get();
    String state = String.valueOf(message.getSQLState());
    return holdsValues(state)
        ? "SQLSTATE " + state + place(message)
        : message.getMessage() + " (" + state + ")";
  }

  /** Class 22 is about data, 23 about constraints. */
  private static boolean holdsValues(String state) {
    return state.startsWith("22") || state.startsWith("23");
  }

  private static String place(ServerErrorMessage message) {
    String table = message.getTable();
    String constraint = message.getConstraint();
    return (table == null ? "" : " in " + table) + (constraint == null ? "" : ", " + constraint);
  }
}
