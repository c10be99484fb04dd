package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.RestoreAction;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.Cluster;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.RestoredCluster;
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
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Carries out the steps of a restore of an instance that runs as processes of this machine. */
final class RestoreActor implements Actor {
  private static final int THREADS = 8;
  private static final Duration REPLAY = Duration.ofHours(12);
  private static final List<String> RENDERED = List.of("postgresql.conf", "pg_hba.conf");
  private static final String DATA = "postgres/data";

  private final Instance instance;
  private final Cluster live;
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
   * @param live its cluster
   * @param usual carries out what is not about restoring
   */
  RestoreActor(
      Instance instance,
      Cluster live,
      Actor usual,
      RestoreOrder order,
      Source source,
      Machine machine) {
    this.instance = instance;
    this.live = live;
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

  private String restore(RestoreAction action) throws IOException, InterruptedException {
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
    Files.createDirectories(folders.cluster());
    try (SiteVault vault = source.open()) {
      RecoveryWish wish = RecoveryWish.parse(order.to(), ZoneId.systemDefault());
      Recovery recovery = Recovery.choose(vault.vault(), vault.log(), wish);
      new ClusterRestore(new Stoppable(recovery.snapshot(), machine.stop()), vault.log(), THREADS)
          .write(recovery.plan(), folders.cluster().resolve("data"));
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

  private Cluster beside() {
    return new Cluster(live.programs(), folders.cluster(), live.account());
  }

  private SiteConfig config() {
    return new SiteConfigFile(instance.layout().site().config()).load();
  }

  /** The slots of the backup's targets are made before anybody can write to the database. */
  private String replay() throws IOException, InterruptedException {
    Planned planned = Planned.load(folders.planned());
    Cluster cluster = beside();
    Secret password = new SiteFiles(folders).secret(SecretNames.POSTGRES, order.config());
    String end;
    try (var restored = RestoredCluster.open(cluster, password, REPLAY)) {
      DatabaseAddress address = restored.address();
      var server = ServerAddress.local(address.port(), address.user(), address.password());
      end = RestoreCheck.require(planned.toCheck(), planned.systemId(), server).toString();
      try (var connection = ReplicationConnection.open(server)) {
        for (Target target : config().backup().targets()) {
          connection.createSlot(Lineage.slot(target.name()));
        }
      }
    }
    Trees.delete(cluster.data().resolve(ClusterRestore.LOG));
    takeRendered(cluster);
    Files.writeString(folders.ready(), end);
    return "up to " + end;
  }

  /** What was made for this machine holds, not what was when the backup was taken. */
  private void takeRendered(Cluster restored) throws IOException {
    var names = new ArrayList<>(RENDERED);
    names.add(live.stamp().getFileName().toString());
    for (String name : names) {
      Path from = live.data().resolve(name);
      Path to = restored.data().resolve(name);
      Files.deleteIfExists(to);
      if (Files.exists(from)) {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        restored.account().own(to);
      }
    }
  }

  private String discard() throws IOException, InterruptedException {
    RestoredCluster.remove(beside());
    Trees.delete(folders.next());
    if (!Files.exists(folders.previous())) {
      Trees.delete(folders.root());
    }
    return "";
  }

  private String switchIn() throws IOException {
    Planned planned = Planned.load(folders.planned());
    List<String> names = new ArrayList<>(List.of(DATA));
    if (order.config()) {
      names.addAll(SiteFiles.NAMES);
    }
    objectsFolder()
        .ifPresent(objects -> unchecked(() -> ObjectsReturn.keep(objects, keptObjects())));
    new PendingRestore(machine.clock().instant(), order.to(), planned.backup(), names)
        .save(folders);
    new Switching(folders).in(names);
    forgetLineages();
    return "what was live is kept in " + folders.previous();
  }

  private String switchBack() throws IOException {
    Optional<PendingRestore> pending = PendingRestore.load(folders);
    if (pending.isPresent()) {
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

  private String dropDerived() throws IOException {
    Trees.delete(instance.layout().root().resolve("search"));
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
