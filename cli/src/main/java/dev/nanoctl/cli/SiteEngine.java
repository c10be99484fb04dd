package dev.nanoctl.cli;

import dev.nanoctl.appliance.Appliance;
import dev.nanoctl.appliance.Driver;
import dev.nanoctl.appliance.InstallOrder;
import dev.nanoctl.appliance.InstallSummary;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.SecretState;
import dev.nanoctl.appliance.ServiceLogs;
import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.appliance.Surroundings;
import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.fleet.Fleet;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.support.SitePapers;
import dev.nanoctl.cli.backup.UpgradeBackup;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.cli.command.DoctorCommand;
import dev.nanoctl.cli.command.Engine;
import dev.nanoctl.cli.command.Fleets;
import dev.nanoctl.cli.command.Migrations;
import dev.nanoctl.cli.command.Restores;
import dev.nanoctl.cli.command.SupportBundleCommand;
import dev.nanoctl.cli.migrate.SiteMigration;
import dev.nanoctl.cli.restore.SiteRecovery;
import dev.nanoctl.cli.restore.SiteRestores;
import dev.nanoctl.core.site.NewSite;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Instances on this machine, run by whichever engine each was installed with. */
final class SiteEngine implements Engine, Fleets, DoctorCommand.Doctor, SupportBundleCommand.Site {
  private final Surroundings surroundings;
  private final Function<Surroundings, Driver> containers;
  private final Backups backups;
  private final Ending ending;
  private final SiteRestores restores;
  private final SiteRecovery recovery;
  private final SiteMigration migration;

  SiteEngine(
      Surroundings surroundings,
      Function<Surroundings, Driver> containers,
      Backups backups,
      Ending ending) {
    this.surroundings = surroundings;
    this.containers = containers;
    this.backups = backups;
    this.ending = ending;
    this.restores = new SiteRestores(surroundings, this::driver, this::duringOperation);
    this.recovery =
        new SiteRecovery(
            surroundings.clock(),
            site -> appliance(site).lost(),
            restores,
            ending::duringOperation);
    this.migration = new SiteMigration(site -> appliance(site).migration(), this::duringOperation);
  }

  /** Restores of these instances. */
  Restores restores() {
    return restores;
  }

  /** Recoveries of these instances. */
  SiteRecovery recovery() {
    return recovery;
  }

  /** Moves of these instances into containers. */
  Migrations migrations() {
    return migration;
  }

  private Appliance appliance(SiteFolder site) {
    return new Appliance(site, surroundings, containers);
  }

  /** What drives an instance by the engine it has. */
  Driver driver(Instance instance) {
    return appliance(instance.layout().site()).driver(instance);
  }

  private void duringOperation(Runnable work) {
    ending.duringOperation(() -> {
      work.run();
      return true;
    });
  }

  @Override
  public Plan planInstall(SiteFolder site, InstallOrder order) {
    return appliance(site).planInstall(order);
  }

  @Override
  public InstallSummary install(SiteFolder site, InstallOrder order, Progress progress) {
    return ending.duringOperation(() -> appliance(site).install(order, progress));
  }

  @Override
  public Plan plan(SiteFolder site, Change change) {
    return switch (change) {
      case START -> appliance(site).planStart();
      case STOP -> appliance(site).planStop();
      case RESTART -> appliance(site).planRestart();
    };
  }

  @Override
  public void apply(SiteFolder site, Change change, Progress progress) {
    duringOperation(() -> {
      switch (change) {
        case START -> appliance(site).start(progress);
        case STOP -> appliance(site).stop(progress);
        case RESTART -> appliance(site).restart(progress);
      }
    });
  }

  @Override
  public Plan planUninstall(SiteFolder site, boolean purge) {
    return appliance(site).planUninstall(purge);
  }

  @Override
  public void uninstall(SiteFolder site, boolean purge, Progress progress) {
    duringOperation(() -> appliance(site).uninstall(purge, progress));
  }

  @Override
  public Optional<String> unfinished(SiteFolder site) {
    return appliance(site).unfinished();
  }

  @Override
  public Optional<String> resume(SiteFolder site, Progress progress) {
    return ending.duringOperation(() -> {
      Optional<String> verb = appliance(site).unfinished();
      boolean returned =
          recovery.resume(site, progress)
              || restores.resume(site, progress)
              || migration.resume(site, progress);
      return returned ? verb : appliance(site).resume(progress);
    });
  }

  @Override
  public Plan plan(SiteFolder site, Wish wish) {
    Appliance appliance = appliance(site);
    return uninterrupted(() ->
        switch (wish) {
          case Wish.Scale(int apps) -> appliance.fleet().planScale(apps);
          case Wish.Upgrade(boolean rehearse) -> appliance.fleet().planUpgrade(rehearse);
          case Wish.Rollback() -> appliance.fleet().planRollback();
          case Wish.Rotate(List<String> names) -> appliance.rotator().plan(names);
        });
  }

  @Override
  public Plan fulfil(SiteFolder site, Wish wish, Progress progress) {
    return ending.duringOperation(() ->
        uninterrupted(() -> {
          Appliance appliance = appliance(site);
          return switch (wish) {
            case Wish.Scale(int apps) -> appliance.fleet().scale(apps, progress);
            case Wish.Upgrade(boolean rehearse) -> {
              Fleet fleet = appliance.fleet();
              appliance.requireFit(progress);
              if (!rehearse) {
                backUp(site, fleet);
              }
              yield fleet.upgrade(rehearse, progress);
            }
            case Wish.Rollback() -> appliance.fleet().rollback(progress);
            case Wish.Rotate(List<String> names) -> appliance.rotator().rotate(names, progress);
          };
        }));
  }

  /** Where backups are kept elsewhere, there is a new one before an upgrade changes anything. */
  private void backUp(SiteFolder site, Fleet fleet) throws InterruptedException {
    if (!fleet.planUpgrade(false).steps().isEmpty()) {
      new UpgradeBackup(backups).take(site);
    }
  }

  @Override
  public List<SecretState> secrets(SiteFolder site) {
    return appliance(site).secrets();
  }

  /** A wait that is interrupted ends the program, as nobody interrupts it otherwise. */
  private static <T> T uninterrupted(Callable<T> work) {
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public StatusReport status(SiteFolder site) {
    return appliance(site).status();
  }

  @Override
  public Map<String, String> versions(SiteFolder site) {
    return appliance(site).versions();
  }

  @Override
  public SitePapers papers(SiteFolder site) {
    return appliance(site).papers();
  }

  @Override
  public List<CheckResult> examine(SiteFolder site) {
    return appliance(site).doctor(configOf(site));
  }

  @Override
  public List<CheckResult> selfTest(SiteFolder site) {
    return appliance(site).selfTest(configOf(site));
  }

  /** Where nothing is installed, what an installation would have. */
  private static SiteConfig configOf(SiteFolder site) {
    var file = new SiteConfigFile(site.config());
    return Files.exists(file.path()) ? file.load() : file.require(NewSite.text(Map.of()));
  }

  List<Drifted> drift(SiteFolder site) {
    return appliance(site).drift();
  }

  ServiceLogs logs(SiteFolder site) {
    return appliance(site).logs();
  }

  void runAgent(SiteFolder site) {
    appliance(site).runAgent();
  }
}
