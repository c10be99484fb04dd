package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.restore.ClusterRestore;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RestoreCheck;
import dev.nanoctl.backup.wal.LogStore;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Brings the cluster of a server that somebody else runs up on this machine, apart from everything,
 * from its files and its log.
 *
 * @param spare where it lies; nothing is there yet
 * @param threads how many files are fetched at once
 */
public record ClusterApart(SpareCluster spare, int threads) {
  private static final Duration REPLAY = Duration.ofHours(12);

  /**
   * A cluster that is up.
   *
   * @param database the application's there, and as whom it is entered
   * @param end where log was left
   */
  public record Up(OpenedCluster cluster, DatabaseAddress database, LogPosition end) {}

  /**
   * Writes the files and replays the log that a recovery planned.
   *
   * @param files those of the recovery's snapshot
   * @throws dev.nanoctl.core.ProblemException when it does not come to what was planned; nothing
   *     runs then
   */
  public Up up(Recovery recovery, BlockSource files, LogStore log)
      throws IOException, InterruptedException, SQLException {
    ExternalDatabase then = then(recovery);
    new ClusterRestore(files, log, threads).writeApart(recovery.plan(), spare.data());
    var login = new DatabaseLogin(then.user(), FreshSecrets.random());
    OpenedCluster opened = spare.adopt(FreshSecrets.random(), login.role(), REPLAY);
    boolean complete = false;
    try {
      DatabaseAddress root = opened.address();
      long systemId = recovery.snapshot().manifest().database().orElseThrow().systemId();
      var server = ServerAddress.local(root.port(), root.user(), root.password());
      LogPosition end = RestoreCheck.require(recovery.plan(), systemId, server);
      DatabaseRoles.admit(root, login);
      complete = true;
      return new Up(
          opened,
          new DatabaseAddress(root.port(), then.database(), login.role(), login.password()),
          end);
    } finally {
      if (!complete) {
        opened.close();
      }
    }
  }

  /** The database may have another name today, and be another role's. */
  private static ExternalDatabase then(Recovery recovery) throws IOException {
    return new SiteConfigFile(Path.of("nanoctl.yml"))
        .require(SiteRecovery.config(recovery.snapshot()))
        .postgres()
        .external()
        .orElseThrow(() ->
            new Problem.Usage(
                    "NC-RESTORE-ENGINE",
                    "that backup is of a database that nanoctl ran itself",
                    "choose a later one: nanoctl backup list")
                .raise());
  }
}
