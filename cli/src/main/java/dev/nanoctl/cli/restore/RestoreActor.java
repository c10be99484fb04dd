package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.RestoreAction;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.backup.Lineage;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.media.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Carries out the steps of a restore, whichever engine the instance runs with. */
final class RestoreActor implements Actor {
  private final Instance instance;
  private final DatabaseReturn database;
  private final Actor usual;
  private final RestoreOrder order;
  private final Source source;
  private final Machine machine;
  private final RestoreFolders folders;

  /**
   * What runs beside.
   *
   * @param stop whether the operation should end as soon as it can
   */
  record Machine(InstantSource clock, BooleanSupplier stop) {}

  /** Opens the repository to restore from. */
  @FunctionalInterface
  interface Source {
    SiteVault open();
  }

  /**
   * For that instance.
   *
   * @param database what restores its database
   * @param usual carries out what is not about restoring
   */
  RestoreActor(
      Instance instance,
      DatabaseReturn database,
      Actor usual,
      RestoreOrder order,
      Source source,
      Machine machine) {
    this.instance = instance;
    this.database = database;
    this.usual = usual;
    this.order = order;
    this.source = source;
    this.machine = machine;
    this.folders = new RestoreFolders(instance.layout());
  }

  @Override
  public String perform(Action action) throws IOException, InterruptedException, SQLException {
    return action instanceof RestoreAction own ? restore(own) : usual.perform(action);
  }

  private String restore(RestoreAction action)
      throws IOException, InterruptedException, SQLException {
    return switch (action) {
      case RestoreAction.Fetch() -> fetch();
      case RestoreAction.Replay() -> database.replay();
      case RestoreAction.Discard() -> discard();
      case RestoreAction.SwitchIn() -> switchIn();
      case RestoreAction.SwitchBack() -> switchBack();
      case RestoreAction.DropDerived() -> dropDerived();
    };
  }

  private String fetch() throws IOException, InterruptedException, SQLException {
    discard();
    Performer.privateFolder(folders.root());
    Performer.privateFolder(folders.next());
    try (SiteVault vault = source.open()) {
      RecoveryWish wish = RecoveryWish.parse(order.to(), ZoneId.systemDefault());
      DatabaseReturn.Chosen chosen = database.fetch(vault, wish, machine.stop());
      if (order.config()) {
        new SiteFiles(folders).fetch(chosen.snapshot());
        database.settleSecrets();
      }
      String objects = Amounts.count(objects(chosen), "object added", "objects added");
      return "backup of %s · %s%s"
          .formatted(
              chosen.snapshot().manifest().cut(),
              chosen.segments().isEmpty() ? "" : chosen.logBytes() / 1_000_000 + " MB of log · ",
              objects);
    }
  }

  private int objects(DatabaseReturn.Chosen chosen) throws IOException {
    try (ObjectStore store = SiteObjects.of(instance, config()).open()) {
      var objects = new ObjectsReturn(store, folders.next());
      int added = objects.add(chosen.snapshot());
      return chosen.later().isPresent() ? added + objects.add(chosen.later().get()) : added;
    }
  }

  private SiteConfig config() {
    return new SiteConfigFile(instance.layout().site().config()).load();
  }

  private String discard() throws IOException, InterruptedException {
    database.discard();
    Trees.delete(folders.next());
    if (!Files.exists(folders.previous())) {
      Trees.delete(folders.root());
    }
    return "";
  }

  private String switchIn() throws IOException, InterruptedException {
    String backup = database.fetched();
    List<String> names = new ArrayList<>(database.names());
    if (order.config()) {
      names.addAll(SiteFiles.NAMES);
    }
    objectsFolder()
        .ifPresent(objects -> unchecked(() -> ObjectsReturn.keep(objects, keptObjects())));
    new PendingRestore(machine.clock().instant(), order.to(), backup, names).save(folders);
    new Switching(folders).in(names);
    database.switchIn();
    forgetLineages();
    return "what was live is kept: nanoctl restore undo";
  }

  private String switchBack() throws IOException, InterruptedException {
    Optional<PendingRestore> pending = PendingRestore.load(folders);
    if (pending.isPresent()) {
      database.switchBack();
      new Switching(folders).back(pending.get().names());
      objectsFolder()
          .ifPresent(objects -> unchecked(() -> ObjectsReturn.giveBack(keptObjects(), objects)));
      forgetLineages();
      Trees.delete(folders.previous());
      Files.deleteIfExists(folders.pending());
    }
    return "";
  }

  /**
   * What a database of its own writes from now on is another history: a backup begins it. To a
   * server of somebody else a restore is one more transaction.
   */
  private void forgetLineages() throws IOException {
    if (instance.external().isPresent()) {
      return;
    }
    for (Target target : config().backup().targets()) {
      Lineage.forget(instance.layout(), target.name());
    }
  }

  private Path keptObjects() {
    return folders.previous().resolve("objects");
  }

  private Optional<Path> objectsFolder() {
    return SiteObjects.of(instance, config()) instanceof ObjectsConfig.Directory directory
        ? Optional.of(directory.folder().resolve("objects"))
        : Optional.empty();
  }

  private String dropDerived() throws IOException, InterruptedException {
    database.dropDerived();
    return "";
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void unchecked(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
