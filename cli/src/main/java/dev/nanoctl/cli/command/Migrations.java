package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteFolder;

/** Moves instances from processes to containers. */
public interface Migrations {
  /** What would be done with that configuration; nothing is changed. */
  Plan plan(SiteFolder site, ConfigText wanted);

  /**
   * Moves an instance with everything it holds.
   *
   * @param wanted its configuration from then on
   * @throws dev.nanoctl.core.ProblemException {@code NC-MIGRATE-ENGINE} when it runs as containers
   *     already, {@code NC-MIGRATE-PENDING} when data of an earlier change are still kept
   */
  void migrate(SiteFolder site, ConfigText wanted, Progress progress);

  /** Removes what was set aside, for good; false if nothing was. */
  boolean accept(SiteFolder site);
}
