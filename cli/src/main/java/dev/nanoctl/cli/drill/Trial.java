package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.drill.DrillReport.Check;
import dev.nanoctl.cli.restore.SiteFiles;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings a backup's database up apart from everything, in one way; for one drill. */
interface Trial {
  /** What is drilled with. */
  record Subject(Snapshot snapshot, RecoveryWish wish) {}

  /**
   * A database that is up.
   *
   * @param database its name
   * @param login as whom the application enters it
   */
  record Up(OpenedCluster cluster, Check check, String database, DatabaseLogin login) {}

  /**
   * Chooses the newest backup, and a moment since where there is one.
   *
   * @param sampled takes all there is instead
   */
  Subject choose(boolean sampled, Instant began) throws IOException;

  /** Brings what was chosen up. */
  Up bringUp(SpareCluster spare, Consumer<String> news)
      throws IOException, InterruptedException, SQLException;

  /** When the newest commit was made that is known to be in the repository. */
  Optional<Instant> newest(OpenedCluster cluster) throws IOException, InterruptedException;

  /** A secret as it is in a backup. */
  static Secret secret(Snapshot snapshot, String name) throws IOException {
    return SiteFiles.secret(snapshot, name)
        .orElseThrow(() ->
            new Problem.Verification(
                    "NC-DRILL-SECRET",
                    "the backup does not hold the secret " + name,
                    "nanoctl backup create, then drill again")
                .raise());
  }
}
