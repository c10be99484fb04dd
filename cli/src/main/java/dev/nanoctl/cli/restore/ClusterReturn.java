package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.ReplicationRole;
import dev.nanoctl.appliance.ReplicationSlots;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.appliance.postgres.Replacement;
import dev.nanoctl.backup.restore.ClusterRestore;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.backup.restore.RestoreCheck;
import dev.nanoctl.backup.restore.RestorePlan;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Brings back the cluster of an instance from its files and its log. */
final class ClusterReturn implements DatabaseReturn {
  private static final int THREADS = 8;
  private static final Duration REPLAY = Duration.ofHours(12);

  private final Instance instance;
  private final Replacement cluster;
  private final boolean config;
  private final RestoreFolders folders;

  /**
   * Of that instance.
   *
   * @param config whether configuration and secrets come back with it
   */
  ClusterReturn(Instance instance, Replacement cluster, boolean config) {
    this.instance = instance;
    this.cluster = cluster;
    this.config = config;
    this.folders = new RestoreFolders(instance.layout());
  }

  @Override
  public Chosen choose(SiteVault vault, RecoveryWish wish) throws IOException {
    return chosen(Recovery.choose(vault.vault(), vault.log(), wish));
  }

  static Chosen chosen(Recovery recovery) {
    return new Chosen(
        recovery.snapshot(),
        recovery.later(),
        recovery.plan().segments(),
        recovery.logBytes(),
        recovery.cutShort() ? Optional.of(remark(recovery.plan())) : Optional.empty());
  }

  private static String remark(RestorePlan plan) {
    return "log is missing from %s on: what was written after that cannot be restored from here"
        .formatted(plan.end());
  }

  @Override
  public Chosen fetch(SiteVault vault, RecoveryWish wish, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Recovery recovery = Recovery.choose(vault.vault(), vault.log(), wish);
    new ClusterRestore(new Stoppable(recovery.snapshot(), stop), vault.log(), THREADS)
        .write(recovery.plan(), cluster.spare().data());
    Planned.of(recovery).save(folders.planned());
    return chosen(recovery);
  }

  @Override
  public void settleSecrets() {}

  /** The slots of the backup's targets are made before anybody can write to the database. */
  @Override
  public String replay() throws IOException, InterruptedException, SQLException {
    Planned planned = Planned.load(folders.planned());
    String end;
    try (var restored = cluster.spare().open(secret(SecretNames.POSTGRES), REPLAY)) {
      DatabaseAddress address = restored.address();
      var server = ServerAddress.local(address.port(), address.user(), address.password());
      end = RestoreCheck.require(planned.toCheck(), planned.systemId(), server).toString();
      List<Target> targets =
          new SiteConfigFile(instance.layout().site().config()).load().backup().targets();
      try (var connection = ReplicationConnection.open(server)) {
        for (Target target : targets) {
          connection.createSlot(ReplicationSlots.name(instance, target.name()));
        }
      }
      DatabaseRoles.admitOnly(address, DatabaseLogin.of(secret(SecretNames.DATABASE)));
      if (!targets.isEmpty()) {
        ReplicationRole.ensure(address, secret(SecretNames.REPLICATION));
      }
    }
    cluster.settle(ClusterRestore.LOG);
    Files.writeString(folders.ready(), end);
    return "up to " + end;
  }

  /** A secret as it will be when the database is live: passwords may have changed since. */
  private Secret secret(String name) throws IOException {
    return new SiteFiles(folders).secret(name, config);
  }

  @Override
  public String fetched() throws IOException {
    return Planned.load(folders.planned()).backup();
  }

  @Override
  public void discard() throws IOException, InterruptedException {
    cluster.spare().remove();
  }

  @Override
  public List<String> names() {
    return cluster.names();
  }

  @Override
  public void switchIn() throws IOException, InterruptedException {
    cluster.switchIn();
  }

  @Override
  public void switchBack() throws IOException, InterruptedException {
    cluster.switchBack();
  }

  @Override
  public void forget() throws IOException, InterruptedException {
    cluster.forget();
  }

  @Override
  public void dropDerived() throws IOException, InterruptedException {
    cluster.dropDerived();
  }
}
