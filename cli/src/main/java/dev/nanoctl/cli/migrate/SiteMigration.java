package dev.nanoctl.cli.migrate;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Migrating;
import dev.nanoctl.appliance.Migration;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.ReplicationRole;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.cli.backup.Lineage;
import dev.nanoctl.cli.command.Migrations;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.media.store.ObjectCopy;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.ObjectStoreException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Moves instances into containers; packages and backups are carried over here. */
public final class SiteMigration implements Migrations, Migrating {
  private final Function<SiteFolder, Migration> migrations;
  private final Consumer<Runnable> uncut;

  /**
   * Moves these instances.
   *
   * @param uncut does work that must not simply be cut off when the process is asked to end
   */
  public SiteMigration(Function<SiteFolder, Migration> migrations, Consumer<Runnable> uncut) {
    this.migrations = migrations;
    this.uncut = uncut;
  }

  @Override
  public Plan plan(SiteFolder site, ConfigText wanted) {
    return migrations.apply(site).plan(wanted);
  }

  @Override
  public void migrate(SiteFolder site, ConfigText wanted, Progress progress) {
    uncut.accept(() -> migrations.apply(site).run(wanted, this, progress));
  }

  /** Goes on with a move that was interrupted; false if none was. */
  public boolean resume(SiteFolder site, Progress progress) {
    return migrations.apply(site).resume(this, progress);
  }

  @Override
  public boolean accept(SiteFolder site) {
    return migrations.apply(site).accept();
  }

  @Override
  public String copyObjects(Instance instance, Progress progress) {
    SiteConfig config = new SiteConfigFile(instance.layout().site().config()).load();
    try (ObjectStore from = SiteObjects.folder(instance, config).open();
        ObjectStore to = SiteObjects.of(instance, config).open()) {
      ObjectCopy.Outcome outcome =
          new ObjectCopy(from, to)
              .run((done, total) -> progress.going("%d of %d".formatted(done, total)));
      return "%d objects · %s"
          .formatted(outcome.copied() + outcome.present(), new ByteSize(outcome.bytes()));
    } catch (ObjectStoreException e) {
      throw new Problem.Unavailable(
              "NC-OBJECTS-UNAVAILABLE", e.problem().message(), "nanoctl logs objects")
          .raise(e);
    }
  }

  /** The new database has another identity, so that what it writes is another history. */
  @Override
  public String beginBackups(Instance instance) throws IOException, SQLException {
    List<Target> targets =
        new SiteConfigFile(instance.layout().site().config()).load().backup().targets();
    if (targets.isEmpty()) {
      return "";
    }
    ReplicationRole.ensure(instance);
    for (Target target : targets) {
      Lineage.forget(instance.layout(), target.name());
    }
    return "a new history of log begins";
  }
}
