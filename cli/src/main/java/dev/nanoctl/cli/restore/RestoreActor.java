package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.ReplicationRole;
import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.RestoreAction;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.appliance.postgres.Replacement;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.restore.ClusterRestore;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.backup.restore.RestoreCheck;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.cli.backup.Lineage;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.media.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Carries out the steps of a restore, whichever engine the instance runs with. */
final class RestoreActor implements Actor {
  private static final int THREADS = 8;
  private static final Duration REPLAY = Duration.ofHours(12);

  private final Instance instance;
  private final Replacement database;
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

  /** A snapshot whose reading ends when the operation should. */
  private record Stoppable(BlockSource source, BooleanSupplier stop) implements BlockSource {
    @Override
    public SnapshotManifest manifest() {
      return source.manifest();
    }

    @Override
    public void read(SnapshotFile file, Receiver receiver) throws IOException {
      source.read(
          file,
          (bytes, offset, length) -> {
            if (stop.getAsBoolean()) {
              throw new IOException("interrupted while reading " + file.source().path());
            }
            receiver.accept(bytes, offset, length);
          });
    }
  }

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
      Replacement database,
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
      case RestoreAction.Replay() -> replay();
      case RestoreAction.Discard() -> discard();
      case RestoreAction.SwitchIn() -> switchIn();
      case RestoreAction.SwitchBack() -> switchBack();
      case RestoreAction.DropDerived() -> dropDerived();
    };
  }

  private String fetch() throws IOException, InterruptedException {
    discard();
    Performer.privateFolder(folders.root());
    Performer.privateFolder(folders.next());
    try (SiteVault vault = source.open()) {
      RecoveryWish wish = RecoveryWish.parse(order.to(), ZoneId.systemDefault());
      Recovery recovery = Recovery.choose(vault.vault(), vault.log(), wish);
      new ClusterRestore(new Stoppable(recovery.snapshot(), machine.stop()), vault.log(), THREADS)
          .write(recovery.plan(), database.spare().data());
      if (order.config()) {
        new SiteFiles(folders).fetch(recovery.snapshot());
      }
      int objects = objects(recovery);
      Planned.of(recovery).save(folders.planned());
      return "backup of %s · %s of log · %s"
          .formatted(
              recovery.snapshot().manifest().cut(),
              recovery.logBytes() / 1_000_000 + " MB",
              Amounts.count(objects, "object added", "objects added"));
    }
  }

  private int objects(Recovery recovery) throws IOException {
    try (ObjectStore store = SiteObjects.of(instance, config()).open()) {
      var objects = new ObjectsReturn(store, folders.next());
      int added = objects.add(recovery.snapshot());
      return recovery.later().isPresent() ? added + objects.add(recovery.later().get()) : added;
    }
  }

  private SiteConfig config() {
    return new SiteConfigFile(instance.layout().site().config()).load();
  }

  /** The slots of the backup's targets are made before anybody can write to the database. */
  private String replay() throws IOException, InterruptedException, SQLException {
    Planned planned = Planned.load(folders.planned());
    String end;
    try (var restored = database.spare().open(secret(SecretNames.POSTGRES), REPLAY)) {
      DatabaseAddress address = restored.address();
      var server = ServerAddress.local(address.port(), address.user(), address.password());
      end = RestoreCheck.require(planned.toCheck(), planned.systemId(), server).toString();
      List<Target> targets = config().backup().targets();
      try (var connection = ReplicationConnection.open(server)) {
        for (Target target : targets) {
          connection.createSlot(Lineage.slot(target.name()));
        }
      }
      DatabaseRoles.admitOnly(address, DatabaseLogin.of(secret(SecretNames.DATABASE)));
      if (!targets.isEmpty()) {
        ReplicationRole.ensure(address, secret(SecretNames.REPLICATION));
      }
    }
    database.settle(ClusterRestore.LOG);
    Files.writeString(folders.ready(), end);
    return "up to " + end;
  }

  /** A secret as it will be when the database is live: passwords may have changed since. */
  private Secret secret(String name) throws IOException {
    return new SiteFiles(folders).secret(name, order.config());
  }

  private String discard() throws IOException, InterruptedException {
    database.spare().remove();
    Trees.delete(folders.next());
    if (!Files.exists(folders.previous())) {
      Trees.delete(folders.root());
    }
    return "";
  }

  private String switchIn() throws IOException, InterruptedException {
    Planned planned = Planned.load(folders.planned());
    List<String> names = new ArrayList<>(database.names());
    if (order.config()) {
      names.addAll(SiteFiles.NAMES);
    }
    objectsFolder()
        .ifPresent(objects -> unchecked(() -> ObjectsReturn.keep(objects, keptObjects())));
    new PendingRestore(machine.clock().instant(), order.to(), planned.backup(), names)
        .save(folders);
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

  /** What the database writes from now on is another history: a backup of its own begins it. */
  private void forgetLineages() throws IOException {
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
