package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.backup.logical.SchemaSwitch;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.core.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Brings back the tables of a database that somebody else runs: from a backup of them, or out of
 * its cluster's files and log, which are brought up apart for that.
 */
final class TablesReturn implements DatabaseReturn {
  private static final int THREADS = 8;

  private final Instance instance;
  private final Function<Path, SpareCluster> spares;
  private final InstantSource clock;
  private final RestoreFolders folders;

  /**
   * Of that instance.
   *
   * @param spares for a cluster in that folder
   */
  TablesReturn(Instance instance, Function<Path, SpareCluster> spares, InstantSource clock) {
    this.instance = instance;
    this.spares = spares;
    this.clock = clock;
    this.folders = new RestoreFolders(instance.layout());
  }

  @Override
  public Chosen choose(SiteVault vault, RecoveryWish wish) throws IOException {
    return WholeBackups.are(vault.vault(), wish)
        ? WholeBackups.choose(vault.vault(), wish)
        : ClusterReturn.chosen(Recovery.choose(vault.vault(), vault.log(), wish));
  }

  @Override
  public Chosen fetch(SiteVault vault, RecoveryWish wish, BooleanSupplier stop)
      throws IOException, InterruptedException, SQLException {
    Chosen chosen =
        WholeBackups.are(vault.vault(), wish)
            ? fetchWhole(vault, wish, stop)
            : fetchLogged(vault, wish, stop);
    String id = chosen.snapshot().manifest().id().toString();
    DurableFile.write(folders.planned(), id.getBytes(StandardCharsets.UTF_8), "rw-------");
    return chosen;
  }

  private Chosen fetchWhole(SiteVault vault, RecoveryWish wish, BooleanSupplier stop)
      throws IOException {
    Chosen chosen = WholeBackups.choose(vault.vault(), wish);
    TablesLoad.beside(instance.database(), new Stoppable(chosen.snapshot(), stop));
    return chosen;
  }

  private Chosen fetchLogged(SiteVault vault, RecoveryWish wish, BooleanSupplier stop)
      throws IOException, InterruptedException, SQLException {
    Recovery recovery = Recovery.choose(vault.vault(), vault.log(), wish);
    SpareCluster spare = spares.apply(folders.cluster());
    try (TablesApart tables = tables(spare, recovery, vault, stop)) {
      spare.remove();
      TablesLoad.beside(instance.database(), new Stoppable(tables.snapshot(), stop));
    }
    return ClusterReturn.chosen(recovery);
  }

  private TablesApart tables(
      SpareCluster spare, Recovery recovery, SiteVault vault, BooleanSupplier stop)
      throws IOException, InterruptedException, SQLException {
    var files = new Stoppable(recovery.snapshot(), stop);
    ClusterApart.Up up = new ClusterApart(spare, THREADS).up(recovery, files, vault.log());
    try (OpenedCluster opened = up.cluster()) {
      assert opened != null;
      return TablesApart.read(up.database(), folders.next().resolve("tables"), clock);
    }
  }

  /**
   * Whoever runs the database decides on its password, whatever it was when the backup was taken.
   */
  @Override
  public void settleSecrets() throws IOException {
    Path beside = folders.next().resolve("secrets").resolve(SecretNames.DATABASE);
    if (Files.exists(beside)) {
      byte[] now = Files.readAllBytes(instance.layout().secret(SecretNames.DATABASE));
      DurableFile.write(beside, now, "rw-------");
    }
  }

  @Override
  public String replay() {
    throw new IllegalStateException("tables have no log");
  }

  @Override
  public String fetched() throws IOException {
    return Files.readString(folders.planned());
  }

  @Override
  public void discard() throws IOException, InterruptedException {
    spares.apply(folders.cluster()).remove();
    tables().discard();
  }

  private SchemaSwitch tables() {
    return new SchemaSwitch(instance.database()::connect);
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public void switchIn() {
    tables().in();
  }

  @Override
  public void switchBack() {
    tables().back();
  }

  @Override
  public void forget() {
    tables().forget();
  }

  @Override
  public void dropDerived() throws IOException {
    Trees.delete(instance.layout().root().resolve("search"));
  }
}
