package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.ClusterRestore;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.backup.restore.RestoreCheck;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.drill.DrillReport.Check;
import java.io.IOException;
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
  private final RandomGenerator random;
  private Optional<Recovery> recovery = Optional.empty();

  ClusterTrial(SiteVault vault, RandomGenerator random) {
    this.vault = vault;
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
      throws IOException, InterruptedException {
    Recovery chosen = recovery.orElseThrow();
    Snapshot snapshot = chosen.snapshot();
    news.accept("fetching the backup of " + snapshot.manifest().cut());
    new ClusterRestore(snapshot, vault.log(), THREADS).write(chosen.plan(), spare.data());
    news.accept("replaying the log");
    OpenedCluster restored = spare.open(Trial.secret(snapshot, SecretNames.POSTGRES), REPLAY);
    boolean complete = false;
    try {
      Check check = replayed(chosen, restored.address());
      // the application's password may have changed between the backup and that moment
      var login = DatabaseLogin.of(Trial.secret(snapshot, SecretNames.DATABASE));
      complete = true;
      return new Up(restored, check, login);
    } finally {
      if (!complete) {
        restored.close();
      }
    }
  }

  private static Check replayed(Recovery recovery, DatabaseAddress address) throws IOException {
    var server = ServerAddress.local(address.port(), address.user(), address.password());
    long systemId = recovery.snapshot().manifest().database().orElseThrow().systemId();
    var end = RestoreCheck.require(recovery.plan(), systemId, server);
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
