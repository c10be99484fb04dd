package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.BackupMethod;
import dev.nanoctl.appliance.Driver;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Interruption;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Operation;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.Surroundings;
import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.RestorePlans;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.backup.Targets;
import dev.nanoctl.cli.command.Restores;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Restores of instances on this machine. */
public final class SiteRestores implements Restores {
  /** What one machine fetches, writes and forces to its disk in a second, carefully guessed. */
  private static final long BYTES_A_SECOND = 20L << 20;

  private static final Duration RESTART = Duration.ofSeconds(20);
  private static final Set<String> VERBS = Set.of(RestorePlans.RESTORE, RestorePlans.UNDO);

  private final Surroundings surroundings;
  private final Function<Instance, Driver> drivers;
  private final Consumer<Runnable> uncut;

  /**
   * Restores in those surroundings.
   *
   * @param drivers by the engine of an instance
   * @param uncut does work that must not simply be cut off when the process is asked to end
   */
  public SiteRestores(
      Surroundings surroundings, Function<Instance, Driver> drivers, Consumer<Runnable> uncut) {
    this.surroundings = surroundings;
    this.drivers = drivers;
    this.uncut = uncut;
  }

  @Override
  public Preview preview(SiteFolder site, Wish wish) {
    Instance instance = Instance.require(site);
    RecoveryWish what = RecoveryWish.parse(wish.to(), ZoneId.systemDefault());
    return Targets.first(
        instance,
        Targets.candidates(config(site), wish.target()),
        surroundings.clock(),
        target -> preview(instance, target, what, wish.config()));
  }

  private Preview preview(Instance instance, Target target, RecoveryWish what, boolean withConfig) {
    try (SiteVault vault = SiteVault.open(instance, target, surroundings.clock())) {
      DatabaseReturn.Chosen chosen = database(instance, withConfig).choose(vault, what);
      Snapshot snapshot = chosen.snapshot();
      BackupEngine.require(snapshot, instance, withConfig);
      long bytes =
          chosen.logBytes()
              + snapshot.manifest().files().stream()
                  .filter(file -> file.part() == Part.DATABASE)
                  .mapToLong(file -> file.source().size())
                  .sum();
      return new Preview(
          driver(instance).restore(instance),
          new Beginning(
              target.name(), snapshot.manifest().id().toString(), snapshot.manifest().cut()),
          chosen.segments(),
          bytes,
          RESTART.plusSeconds(bytes / BYTES_A_SECOND),
          chosen.remark());
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  @Override
  public void restore(SiteFolder site, Wish wish, Progress progress) {
    Instance instance = Instance.require(site);
    RestoreOrder order = order(site, wish);
    RecoveryWish.parse(order.to(), ZoneId.systemDefault());
    Plan plan = driver(instance).restore(instance);
    uncut.accept(() -> begin(instance, plan, order, progress, true));
  }

  private void begin(
      Instance instance, Plan plan, RestoreOrder order, Progress progress, boolean undoOnFailure) {
    Layout layout = instance.layout();
    try (var lock = lock(layout, plan.verb());
        var interruption = Interruption.listen()) {
      Journal journal = journal(layout);
      refuse(journal, layout, plan.verb());
      journal.begin(plan.verb(), order.json());
      Operation operation = operation(instance, plan, order, interruption, progress);
      if (undoOnFailure) {
        operation.runOrUndo();
      } else {
        operation.run();
      }
      assert lock != null;
    }
  }

  private void refuse(Journal journal, Layout layout, String verb) {
    journal.requireFinished();
    boolean pending = Files.exists(new RestoreFolders(layout).pending());
    if (pending && verb.equals(RestorePlans.RESTORE)) {
      throw new Problem.Usage(
              "NC-RESTORE-PENDING",
              "the last restore was neither accepted nor undone; what was live before it is kept",
              "nanoctl restore accept, or nanoctl restore undo; then repeat")
          .raise();
    }
  }

  @Override
  public void undo(SiteFolder site, Progress progress) {
    Instance instance = Instance.require(site);
    pending(instance);
    Plan plan = driver(instance).undoRestore(instance);
    var order = new RestoreOrder("newest", "", false);
    uncut.accept(() -> begin(instance, plan, order, progress, false));
  }

  private static PendingRestore pending(Instance instance) {
    try {
      return PendingRestore.load(new RestoreFolders(instance.layout()))
          .orElseThrow(() ->
              new Problem.Usage(
                      "NC-RESTORE-NONE",
                      "there is no restore that could be undone",
                      "nanoctl restore --plan shows what a restore would do")
                  .raise());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean accept(SiteFolder site) {
    Instance instance = Instance.require(site);
    var folders = new RestoreFolders(instance.layout());
    try (var lock = lock(instance.layout(), "restore accept")) {
      assert lock != null;
      if (!Files.exists(folders.pending())) {
        return false;
      }
      forget(instance);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted("NC-INTERRUPTED", "interrupted", "run it again").raise(e);
    }
  }

  /** Removes what was kept from before the last restore. */
  void forget(Instance instance) throws IOException, InterruptedException {
    var folders = new RestoreFolders(instance.layout());
    database(instance, false).forget();
    Trees.delete(folders.root());
    Files.deleteIfExists(folders.pending());
  }

  @Override
  public boolean resume(SiteFolder site, Progress progress) {
    Optional<Instance> instance = Instance.find(site);
    if (instance.isEmpty()
        || journal(instance.get().layout())
            .unfinished()
            .filter(left -> VERBS.contains(left.verb()))
            .isEmpty()) {
      return false;
    }
    Layout layout = instance.get().layout();
    try (var lock = lock(layout, "resume");
        var interruption = Interruption.listen()) {
      Unfinished left = journal(layout).unfinished().orElseThrow();
      boolean undoing = left.verb().equals(RestorePlans.UNDO);
      Plan plan =
          undoing
              ? driver(instance.get()).undoRestore(instance.get())
              : driver(instance.get()).restore(instance.get());
      RestoreOrder order = RestoreOrder.of(left.facts());
      operation(instance.get(), plan, order, interruption, progress).goOn(left, !undoing);
      assert lock != null;
    }
    return true;
  }

  private Operation operation(
      Instance instance,
      Plan plan,
      RestoreOrder order,
      Interruption interruption,
      Progress progress) {
    Layout layout = instance.layout();
    Actor usual = driver(instance).actor(layout, interruption, progress);
    Actor actor = actor(instance, usual, order, interruption::requested);
    return new Operation(plan, journal(layout), actor, interruption, progress);
  }

  /** Carries out the steps of restoring an instance from one of its targets. */
  Actor actor(Instance instance, Actor usual, RestoreOrder order, BooleanSupplier stop) {
    return new RestoreActor(
        instance,
        database(instance, order.config()),
        usual,
        order,
        source(instance, order),
        new RestoreActor.Machine(surroundings.clock(), stop));
  }

  private Driver driver(Instance instance) {
    return drivers.apply(instance);
  }

  private DatabaseReturn database(Instance instance, boolean withConfig) {
    return switch (BackupMethod.of(instance)) {
      case PHYSICAL -> {
        Path home = new RestoreFolders(instance.layout()).cluster();
        yield new ClusterReturn(instance, driver(instance).replacement(instance, home), withConfig);
      }
      case REPLICATED, LOGICAL ->
          new TablesReturn(
              instance, home -> driver(instance).spare(instance, home), surroundings.clock());
    };
  }

  private RestoreActor.Source source(Instance instance, RestoreOrder order) {
    return () ->
        SiteVault.open(
            instance,
            Targets.require(config(instance.layout().site()), order.target()),
            surroundings.clock());
  }

  private static RestoreOrder order(SiteFolder site, Wish wish) {
    BackupConfig config = config(site);
    return new RestoreOrder(wish.to(), Targets.choose(config, wish.target()).name(), wish.config());
  }

  private static BackupConfig config(SiteFolder site) {
    return new SiteConfigFile(site.config()).load().backup();
  }

  private Journal journal(Layout layout) {
    return new Journal(layout.journal(), surroundings.clock(), surroundings.hook());
  }

  private OperationLock lock(Layout layout, String verb) {
    return OperationLock.take(layout.lock(), layout.holder(), verb, surroundings.clock().instant());
  }
}
