package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.ClusterRestore;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.backup.restore.RestoreCheck;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.drill.DrillReport.Check;
import dev.nanoctl.cli.restore.ClusterApart;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Restores the files of a cluster and replays its log, up to a random moment. */
final class ClusterTrial implements Trial {
  /** A commit has to follow the moment that is restored; a heartbeat comes every five minutes. */
  private static final Duration MARGIN = Duration.ofMinutes(6);

  private static final Duration BEAT = Duration.ofMinutes(1);
  private static final Duration REPLAY = Duration.ofHours(12);
  private static final int THREADS = 4;

  private final SiteVault vault;
  private final boolean elsewhere;
  private final RandomGenerator random;
  private Optional<Recovery> recovery = Optional.empty();

  /**
   * Restores from that repository.
   *
   * @param elsewhere whether somebody else runs the cluster it is of
   */
  ClusterTrial(SiteVault vault, boolean elsewhere, RandomGenerator random) {
    this.vault = vault;
    this.elsewhere = elsewhere;
    this.random = random;
  }

  @Override
  public Subject choose(boolean sampled, Instant began) throws IOException {
    RecoveryWish wish = new RecoveryWish.Newest();
    Recovery newest = Recovery.choose(vault.vault(), vault.log(), wish);
    wish = sampled ? wish : moment(newest.snapshot().manifest(), began);
    Recovery chosen = Recovery.choose(vault.vault(), vault.log(), wish);
    recovery = Optional.of(chosen);
    return new Subject(chosen.snapshot(), wish);
  }

  private RecoveryWish moment(SnapshotManifest manifest, Instant now) {
    // the heartbeat of the backup, which has to be there, comes soon after the cut
    Instant first = manifest.cut().plus(BEAT);
    long window = Duration.between(first, now.minus(MARGIN)).toMillis();
    return window <= 0
        ? new RecoveryWish.Newest()
        : new RecoveryWish.At(first.plusMillis(random.nextLong(window)));
  }

  @Override
  public Up bringUp(SpareCluster spare, Consumer<String> news)
      throws IOException, InterruptedException, SQLException {
    Recovery chosen = recovery.orElseThrow();
    news.accept(
        "fetching the backup of %s, then replaying the log"
            .formatted(chosen.snapshot().manifest().cut()));
    return elsewhere ? bringUpApart(chosen, spare) : bringUp(chosen, spare);
  }

  private Up bringUpApart(Recovery chosen, SpareCluster spare)
      throws IOException, InterruptedException, SQLException {
    ClusterApart.Up up =
        new ClusterApart(spare, THREADS).up(chosen, chosen.snapshot(), vault.log());
    DatabaseAddress database = up.database();
    return new Up(
        up.cluster(),
        check(chosen, up.end()),
        database.database(),
        new DatabaseLogin(database.user(), database.password()));
  }

  private Up bringUp(Recovery chosen, SpareCluster spare)
      throws IOException, InterruptedException, SQLException {
    Snapshot snapshot = chosen.snapshot();
    new ClusterRestore(snapshot, vault.log(), THREADS).write(chosen.plan(), spare.data());
    OpenedCluster restored = spare.open(Trial.secret(snapshot, SecretNames.POSTGRES), REPLAY);
    boolean complete = false;
    try {
      DatabaseAddress root = restored.address();
      var server = ServerAddress.local(root.port(), root.user(), root.password());
      long systemId = snapshot.manifest().database().orElseThrow().systemId();
      Check check = check(chosen, RestoreCheck.require(chosen.plan(), systemId, server));
      // the application's password may have changed between the backup and that moment
      var login = DatabaseLogin.of(Trial.secret(snapshot, SecretNames.DATABASE));
      DatabaseRoles.admitOnly(root, login);
      complete = true;
      return new Up(restored, check, Instance.DATABASE, login);
    } finally {
      if (!complete) {
        restored.close();
      }
    }
  }

  private static Check check(Recovery recovery, LogPosition end) {
    return new Check(
        "log",
        true,
        "%d segments were replayed up to %s".formatted(recovery.plan().segments().size(), end));
  }

  @Override
  public Optional<Instant> newest(OpenedCluster cluster) throws IOException, InterruptedException {
    return cluster.stoppedBefore();
  }
}
