package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.InstallSummary;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Path;

/** Rebuilds instances that were lost. */
public interface Recoveries {
  /**
   * What is wanted back.
   *
   * @param place where the repository is now
   * @param kit the file of a recovery kit
   * @param to a time, a position, a backup's id, or {@code newest}
   * @param systemd whether to use systemd where it runs
   */
  record Wish(Backups.NewTarget place, Path kit, String to, boolean systemd) {}

  /** What would be done; nothing is changed. */
  Plan plan(SiteFolder site, Wish wish);

  /**
   * Installs what the repository holds; a recovery that was interrupted goes on.
   *
   * @throws dev.nanoctl.core.ProblemException {@code NC-RECOVER-INSTALLED} where an instance is,
   *     {@code NC-RECOVER-ENGINE} when a configuration that lies there names another engine
   */
  InstallSummary recover(SiteFolder site, Wish wish, Progress progress);
}
