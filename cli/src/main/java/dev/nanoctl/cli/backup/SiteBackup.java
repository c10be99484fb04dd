package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.BackupMethod;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.manifest.SnapshotSettings;
import dev.nanoctl.cli.command.Backups.Made;
import dev.nanoctl.cli.command.Backups.Progress;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.ObjectStoreException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes one backup of a whole instance: database, objects, configuration and secrets. */
final class SiteBackup {
  private final Instance instance;
  private final SiteConfig config;
  private final Target target;
  private final InstantSource clock;
  private final Progress progress;

  SiteBackup(
      Instance instance, SiteConfig config, Target target, InstantSource clock, Progress progress) {
    this.instance = instance;
    this.config = config;
    this.target = target;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Takes it, publishes it, and finds it again in the repository.
   *
   * @param full whether nothing is taken over from the backup before
   * @throws dev.nanoctl.core.ProblemException when anything fails; nothing is published then
   */
  Made run(boolean full) throws InterruptedException {
    Instant begun = clock.instant();
    DatabaseReading database = reading();
    database.await(progress);
    try (SiteVault vault = SiteVault.open(instance, target, clock);
        ExecutorService uploads = Executors.newVirtualThreadPerTaskExecutor()) {
      SnapshotManifest manifest = publish(vault, uploads, database, full);
      requireThere(vault, manifest);
      long bytes = manifest.files().stream().mapToLong(file -> file.source().size()).sum();
      Instant end = clock.instant();
      new TargetFiles(instance.layout(), target.name())
          .last(
              new TargetFiles.Last(manifest.id(), end, database.lineage(), bytes, vault.stored()));
      return new Made(
          target.name(),
          manifest.id(),
          manifest.cut(),
          bytes,
          vault.stored(),
          Duration.between(begun, end));
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  private DatabaseReading reading() {
    return switch (BackupMethod.of(instance)) {
      case PHYSICAL, REPLICATED -> new ClusterReading(instance, target, clock);
      case LOGICAL -> new TablesReading(instance, clock);
    };
  }

  /** Notes that it failed; one that was interrupted did not. */
  void failed(RuntimeException e) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    Optional<Problem> known =
        e instanceof ProblemException carrier ? Optional.of(carrier.problem()) : Optional.empty();
    try {
      new TargetFiles(instance.layout(), target.name())
          .failure(
              new TargetFiles.Failure(
                  clock.instant(),
                  known.map(Problem::code).orElse(""),
                  known.map(Problem::message).orElseGet(e::toString)));
    } catch (IOException other) {
      e.addSuppressed(other);
    }
  }

  private SnapshotManifest publish(
      SiteVault vault, ExecutorService uploads, DatabaseReading database, boolean full)
      throws IOException, InterruptedException {
    var settings = SnapshotSettings.forDatabase(SiteFacts.size(instance.database()), uploads);
    Optional<SnapshotManifest> parent =
        full || vault.vault().journal().state().good().isEmpty()
            ? Optional.empty()
            : Optional.of(vault.vault().newest().manifest());
    try (SnapshotWriter writer =
            full ? vault.vault().beginFull(settings) : vault.vault().begin(settings);
        ObjectStore store = SiteObjects.of(instance, config).open()) {
      var read = new Read(progress);
      var objects = new SiteObjectFiles(store, writer, parent, read::object);
      objects.write();
      DatabaseReading.Taken taken = database.read(writer.sink(Part.DATABASE), read::database);
      // what came while the database was read may be in it already
      objects.write();
      objects.keepDeleted(taken.at(), Duration.ofDays(config.backup().kept().days()));
      files(writer);
      Map<String, String> facts = facts(database, objects);
      SnapshotWriter.LogCheck log =
          wanted -> {
            progress.at("waiting for the log", 0);
            database.requireDurable(vault.log(), wanted);
          };
      return writer.publish(new SnapshotWriter.Finish(taken.at(), taken.cut(), log, facts));
    } catch (ObjectStoreException e) {
      throw new IOException(e.problem().message(), e);
    }
  }

  private void files(SnapshotWriter writer) throws IOException {
    Layout layout = instance.layout();
    var configuration = new SiteFiles(layout.root(), writer.sink(Part.CONFIG));
    configuration.write(layout.root().relativize(layout.site().config()).toString());
    configuration.write(layout.root().relativize(layout.images()).toString());
    configuration.write(layout.root().relativize(layout.instance()).toString());
    new SiteFiles(layout.root(), writer.sink(Part.SECRETS))
        .write(layout.root().relativize(layout.site().secrets()).toString());
  }

  private static Map<String, String> facts(DatabaseReading database, SiteObjectFiles objects) {
    try {
      Map<String, String> facts = new TreeMap<>(database.facts());
      facts.put("objects.count", Integer.toString(objects.count()));
      facts.put("objects.bytes", Long.toString(objects.bytes()));
      return facts;
    } catch (SQLException e) {
      throw SiteFacts.unanswered(e);
    }
  }

  /** Success is what can be read back, not what was sent. */
  private static void requireThere(SiteVault vault, SnapshotManifest manifest) throws IOException {
    vault.vault().journal().refresh();
    if (!vault.vault().newest().manifest().id().equals(manifest.id())) {
      throw RepositoryProblem.notPublished("another backup was published after it");
    }
  }

  /** Adds up what was read, for people. */
  private static final class Read {
    private final Progress progress;
    private long objects;

    Read(Progress progress) {
      this.progress = progress;
    }

    void object(long bytes) {
      objects += bytes;
      progress.at("objects", objects);
    }

    void database(long bytes) {
      progress.at("database", bytes);
    }
  }
}
