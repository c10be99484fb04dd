package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.crypto.RecoveryKit;
import dev.nanoctl.backup.manifest.GarbageCollector;
import dev.nanoctl.backup.manifest.JournalState;
import dev.nanoctl.cli.command.BackupHealth;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.cli.command.Each;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups of instances on this machine. */
public final class SiteBackups implements Backups {
  private static final Logger LOG = LoggerFactory.getLogger(SiteBackups.class);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final DrillLook drills;

  /**
   * Works by that clock.
   *
   * @param drills knows what drills with these backups came to
   */
  public SiteBackups(InstantSource clock, DrillLook drills) {
    this.clock = clock;
    this.drills = drills;
  }

  private static SiteConfig config(SiteFolder site) {
    return new SiteConfigFile(site.config()).load();
  }

  private static List<Target> targets(SiteConfig config, Optional<String> name) {
    return Targets.candidates(config.backup(), name);
  }

  /** The agent prunes by itself now and then: nobody need try again for that. */
  private OperationLock lock(Layout layout, String verb, Progress progress) {
    try {
      Performer.privateFolder(layout.backup());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return OperationLock.await(
        layout.backup().resolve("backup.lock"),
        layout.backup().resolve("backup-running.json"),
        verb,
        clock,
        PATIENCE,
        holder -> progress.at("waiting for " + holder, 0));
  }

  /** What is done at a target. */
  private interface Work<T> {
    T at(Target target);
  }

  private static <T> Each<T> each(List<Target> targets, Work<T> work) {
    return Each.of(targets, Target::name, work::at);
  }

  @Override
  public Each<Made> create(
      SiteFolder site, Optional<String> name, boolean full, Progress progress) {
    Instance instance = Instance.require(site);
    SiteConfig config = config(site);
    List<Target> targets =
        LogWait.readyFirst(instance.layout(), targets(config, name), clock.instant());
    try (var _ = lock(instance.layout(), "backup create", progress)) {
      return each(
          targets,
          target -> create(new SiteBackup(instance, config, target, clock, progress), full));
    }
  }

  /** What fails is noted, so that it is not tried again at once. */
  private Made create(SiteBackup backup, boolean full) {
    try {
      return backup.run(full);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted("NC-INTERRUPTED", "interrupted", "run it again").raise(e);
    } catch (RuntimeException e) {
      backup.failed(e);
      throw e;
    }
  }

  @Override
  public Each<Kept> list(SiteFolder site, Optional<String> name) {
    Instance instance = Instance.require(site);
    return Each.flat(each(targets(config(site), name), target -> list(instance, target)));
  }

  private List<Kept> list(Instance instance, Target target) {
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      return vault.vault().journal().state().backups().stream()
          .map(backup -> kept(target, backup))
          .toList();
    }
  }

  private static Kept kept(Target target, JournalState.Backup backup) {
    return new Kept(
        target.name(), backup.id(), backup.published(), backup.drilled(), backup.failed());
  }

  @Override
  public Details show(SiteFolder site, Optional<String> name, String id) {
    Instance instance = Instance.require(site);
    return Targets.first(
        instance, targets(config(site), name), clock, target -> show(instance, target, id));
  }

  private Details show(Instance instance, Target target, String id) {
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      JournalState.Backup backup = SiteCare.find(vault, id);
      SnapshotManifest manifest = vault.vault().open(backup).manifest();
      return new Details(kept(target, backup), manifest);
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  @Override
  public Each<Verified> verify(
      SiteFolder site, Optional<String> name, String id, Progress progress) {
    Instance instance = Instance.require(site);
    List<Target> targets = targets(config(site), name);
    Work<Verified> verify =
        target -> {
          SiteCare.Verdict verdict = new SiteCare(instance, target, clock).verify(id, progress);
          return new Verified(kept(target, verdict.backup()), verdict.bytes(), verdict.damage());
        };
    try (var _ = lock(instance.layout(), "backup verify", progress)) {
      return id.isEmpty()
          ? each(targets, verify)
          : new Each<>(List.of(Targets.first(instance, targets, clock, verify::at)), List.of());
    }
  }

  @Override
  public Each<Pruned> prune(SiteFolder site, Optional<String> name, Progress progress) {
    Instance instance = Instance.require(site);
    SiteConfig config = config(site);
    try (var _ = lock(instance.layout(), "backup prune", progress)) {
      return each(targets(config, name), target -> prune(instance, config, target));
    }
  }

  private Pruned prune(Instance instance, SiteConfig config, Target target) {
    GarbageCollector.Report report =
        new SiteCare(instance, target, clock).prune(config.backup().kept());
    report
        .damaged()
        .forEach(key ->
            LOG.warn("{} at {} is damaged; what it was made of is kept", key, target.name()));
    return new Pruned(
        target.name(), report.expired(), report.condemned(), report.removed(), report.refused());
  }

  @Override
  public BackupHealth health(SiteFolder site) {
    return new SiteHealth(Instance.require(site), config(site), clock.instant(), drills).report();
  }

  @Override
  public List<String> tryPlace(NewTarget target) {
    return SiteTargets.tried(target);
  }

  @Override
  public Added addTarget(SiteFolder site, NewTarget target) {
    return new SiteTargets(Instance.require(site), clock).add(target);
  }

  @Override
  public List<String> testTarget(SiteFolder site, Optional<String> name) {
    Target target = targets(config(site), name).getFirst();
    return new SiteTargets(Instance.require(site), clock).test(target);
  }

  @Override
  public RecoveryKit newKit(SiteFolder site, Optional<String> name) {
    SiteConfig config = config(site);
    return new SiteTargets(Instance.require(site), clock)
        .newKit(config, targets(config, name).getFirst());
  }

  /**
   * Keeps the backups of an instance going until its agent ends.
   *
   * @param due drills with them when it is time to
   */
  public void keep(SiteFolder site, DueDrills due) {
    new Keeper(site, this, clock, due).run();
  }
}
