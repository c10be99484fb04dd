package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.backup.logical.SchemaSwitch;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.core.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Brings back the tables of a database that somebody else runs. */
final class TablesReturn implements DatabaseReturn {
  private final Instance instance;
  private final RestoreFolders folders;

  /** Of that instance. */
  TablesReturn(Instance instance) {
    this.instance = instance;
    this.folders = new RestoreFolders(instance.layout());
  }

  @Override
  public Chosen choose(SiteVault vault, RecoveryWish wish) throws IOException {
    return WholeBackups.choose(vault.vault(), wish);
  }

  @Override
  public Chosen fetch(SiteVault vault, RecoveryWish wish, BooleanSupplier stop) throws IOException {
    Chosen chosen = choose(vault, wish);
    TablesLoad.beside(instance.database(), new Stoppable(chosen.snapshot(), stop));
    String id = chosen.snapshot().manifest().id().toString();
    DurableFile.write(folders.planned(), id.getBytes(StandardCharsets.UTF_8), "rw-------");
    return chosen;
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
  public void discard() {
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
