package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.InstallOrder;
import dev.nanoctl.appliance.InstallSummary;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.core.site.SiteFolder;
import java.util.Optional;

/** What can be done with an instance as a whole. */
public interface Engine {
  /** What an installation would do. */
  Plan planInstall(SiteFolder site, InstallOrder order);

  /** Installs, or finds that it was done before. */
  InstallSummary install(SiteFolder site, InstallOrder order, Progress progress);

  /** What a change of the running state would do. */
  Plan plan(SiteFolder site, Change change);

  /** Carries it out. */
  void apply(SiteFolder site, Change change, Progress progress);

  /** What removing would do. */
  Plan planUninstall(SiteFolder site, boolean purge);

  /** Removes the instance, and with {@code purge} all that people made. */
  void uninstall(SiteFolder site, boolean purge, Progress progress);

  /** The verb of an operation that was interrupted. */
  Optional<String> unfinished(SiteFolder site);

  /** Finishes or undoes it; the verb, or nothing to do. */
  Optional<String> resume(SiteFolder site, Progress progress);

  /** How the instance is now. */
  StatusReport status(SiteFolder site);

  /** Changes of what runs. */
  enum Change {
    /** Makes everything run. */
    START,
    /** Ends everything in order. */
    STOP,
    /** Ends and starts everything, with the configuration as it is now. */
    RESTART
  }
}
