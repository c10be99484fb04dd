package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.Driver;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.backup.manifest.Journal;
import dev.nanoctl.backup.manifest.JournalEvent;
import dev.nanoctl.backup.repo.S3Target;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.backup.Targets;
import dev.nanoctl.cli.command.Drills;
import dev.nanoctl.cli.restore.KitFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig;
import dev.nanoctl.core.site.BackupConfig.Place;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Drills with the backups of instances on this machine. */
public final class SiteDrills implements Drills {
  private static final int ATTEMPTS = 3;

  private final Function<Instance, Driver> drivers;
  private final InstantSource clock;
  private final Stoppable stoppable;

  /** Does work whose thread is interrupted when the process is asked to end. */
  @FunctionalInterface
  public interface Stoppable {
    /** Does it to its end, which may be an early one. */
    Kept run(Supplier<Kept> work);
  }

  /** Drills with instances by the engine that each has. */
  public SiteDrills(Function<Instance, Driver> drivers, InstantSource clock, Stoppable stoppable) {
    this.drivers = drivers;
    this.clock = clock;
    this.stoppable = stoppable;
  }

  @Override
  public Kept run(SiteFolder site, Order order, Consumer<String> news) {
    return stoppable.run(() -> drill(site, order, news));
  }

  private Kept drill(SiteFolder site, Order order, Consumer<String> news) {
    Instance instance = Instance.require(site);
    SiteConfig config = new SiteConfigFile(site.config()).load();
    try (var lock = lock(instance.layout());
        SiteVault vault = open(instance, config.backup(), order)) {
      assert lock != null;
      Drill.Place place = place(instance);
      // of a drill that was killed, as there is one at a time
      place.remove();
      DrillReport report =
          new Drill(vault, trial(instance, vault), place, clock, new SecureRandom(), news)
              .run(config.site().name(), order.sampled());
      var book = new DrillBook(instance.layout());
      Path page = book.keep(report, vault.vault().sealer().signer());
      if (report.ok() && order.kit().isEmpty()) {
        note(vault.vault().journal(), UUID.fromString(report.target().backup()));
      }
      return new Kept(report, true, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted("NC-INTERRUPTED", "the drill was interrupted", "run it again")
          .raise(e);
    }
  }

  private static Trial trial(Instance instance, SiteVault vault) {
    return instance.external().isPresent()
        ? new ElsewhereTrial(vault)
        : new ClusterTrial(vault, false, new SecureRandom());
  }

  private OperationLock lock(Layout layout) throws IOException {
    Performer.privateFolder(layout.backup());
    return OperationLock.take(
        layout.backup().resolve("drill.lock"),
        layout.backup().resolve("drill-running.json"),
        "drill run",
        clock.instant());
  }

  /** Targets take turns; one that does not open leaves it to the other. */
  private SiteVault open(Instance instance, BackupConfig config, Order order) {
    List<DrillReport> reports = new DrillBook(instance.layout()).list();
    return Targets.first(
        byTurns(Targets.candidates(config, order.target()), reports),
        target -> open(instance, target, order.kit()));
  }

  /** The same targets, first the one whose last drill is the longest ago. */
  static List<Target> byTurns(List<Target> targets, List<DrillReport> reports) {
    return targets.stream()
        .sorted(
            Comparator.comparing(target ->
                reports.stream()
                    .filter(report -> report.target().place().equals(target.place().shown()))
                    .map(report -> report.times().at())
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN)))
        .toList();
  }

  private SiteVault open(Instance instance, Target target, Optional<Path> kit) {
    return kit.isEmpty()
        ? SiteVault.open(instance, target, clock)
        : SiteVault.recover(target, account(instance, target), KitFile.read(kit.get()), clock);
  }

  private static Optional<S3Target.Account> account(Instance instance, Target target) {
    return switch (target.place()) {
      case Place.Directory _ -> Optional.empty();
      case Place.Bucket _ ->
          Optional.of(
              new S3Target.Account(
                  instance.secret(SecretNames.backupAccess(target.name())).value(),
                  instance.secret(SecretNames.backupSecret(target.name()))));
    };
  }

  /** Whoever ships may write to the journal at the same time. */
  private static void note(Journal journal, UUID backup) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        journal.refresh();
        journal.append(new JournalEvent.Drilled(backup));
        return;
      } catch (ProblemException e) {
        if (attempt == ATTEMPTS || !e.problem().code().equals("NC-REPO-BUSY")) {
          throw e;
        }
      }
    }
  }

  private Drill.Place place(Instance instance) throws IOException {
    Path cache = instance.layout().root().resolve("cache");
    Performer.privateFolder(cache);
    Path folder = cache.resolve("drill");
    return new Drill.Place(
        folder, drivers.apply(instance).spare(instance, folder.resolve("postgres")));
  }

  @Override
  public List<Kept> list(SiteFolder site) {
    var book = new DrillBook(Instance.require(site).layout());
    return book.list().stream().map(report -> kept(book, report)).toList();
  }

  @Override
  public Kept show(SiteFolder site, String id) {
    var book = new DrillBook(Instance.require(site).layout());
    return kept(book, book.find(id));
  }

  private static Kept kept(DrillBook book, DrillReport report) {
    return new Kept(report, book.genuine(report), book.page(report));
  }
}
