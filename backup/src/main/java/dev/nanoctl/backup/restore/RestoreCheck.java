package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.core.Problem;
import java.io.IOException;

/** Checks, after PostgreSQL opened a restored cluster, that it is what was planned. */
public final class RestoreCheck {
  private RestoreCheck() {}

  /**
   * Requires a timeline of its own that left the planned one no earlier than planned.
   *
   * @return where log was left: the end of what was replayed
   * @throws dev.nanoctl.core.ProblemException with {@code NC-RESTORE-SHORT} otherwise
   */
  public static LogPosition require(RestorePlan plan, long systemId, ServerAddress address)
      throws IOException {
    try (var connection = ReplicationConnection.open(address)) {
      DatabaseIdentity identity = connection.identify();
      if (identity.systemId() != systemId) {
        throw wrong("another cluster answers");
      }
      LogPosition end =
          connection
              .history(identity.timeline())
              .end(plan.history().timeline())
              .orElseThrow(() -> wrong("it is still on timeline " + identity.timeline()));
      if (end.compareTo(plan.required()) < 0) {
        throw wrong("log was replayed up to %s only, not up to %s".formatted(end, plan.required()));
      }
      return end;
    }
  }

  private static RuntimeException wrong(String why) {
    return new Problem.Verification(
            "NC-RESTORE-SHORT",
            "the restored cluster is not what was planned: " + why,
            "nanoctl restore undo; the old cluster is untouched")
        .raise();
  }
}
