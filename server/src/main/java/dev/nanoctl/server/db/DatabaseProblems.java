package dev.nanoctl.server.db;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;

/** What can be wrong with a database at start-up, in words that say what to do. */
final class DatabaseProblems {
  private DatabaseProblems() {}

  static ProblemException unreachable(DatabaseConfig config, Throwable cause) {
    return new Problem.Unavailable(
            "NC-DATABASE-UNREACHABLE",
            "the database at " + place(config.url()) + " does not let us in: " + reason(cause),
            "check that PostgreSQL runs and accepts the user \""
                + config.user()
                + "\"; `nanoctl doctor` looks closer")
        .raise(cause);
  }

  static ProblemException changedMigration(String detail, Throwable cause) {
    return new Problem.Configuration(
            "NC-SCHEMA-CHANGED",
            "the database was set up by other migrations than this version brings: " + detail,
            "run the version that set it up, or restore a backup that fits this one")
        .raise(cause);
  }

  static ProblemException failedMigration(String detail, Throwable cause) {
    return new Problem.Verification(
            "NC-MIGRATION-FAILED",
            "a change of the database's schema failed and was undone: " + detail,
            "nothing was changed; start the former version and report this message")
        .raise(cause);
  }

  private static String place(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private static String reason(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
