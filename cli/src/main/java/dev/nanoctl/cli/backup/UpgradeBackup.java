package dev.nanoctl.cli.backup;

import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.util.Optional;

/**
 * Where backups are kept, there is a new one at a target at least before an upgrade changes
 * anything.
 */
public final class UpgradeBackup {
  private final Backups backups;

  /** Takes them there. */
  public UpgradeBackup(Backups backups) {
    this.backups = backups;
  }

  /**
   * Takes it; nothing where there is no target.
   *
   * @throws ProblemException when no target has it: the upgrade must not begin
   */
  public void take(SiteFolder site) {
    if (new SiteConfigFile(site.config()).load().backup().targets().isEmpty()) {
      return;
    }
    try {
      backups.create(site, Optional.empty(), false, (_, _) -> {});
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Interrupted) {
        throw e;
      }
      throw new Problem.Unavailable(
              "NC-UPGRADE-BACKUP",
              "no backup could be taken before the upgrade, which was not begun: "
                  + e.problem().message(),
              e.problem().fix()
                  + ", then repeat; nanoctl config set backup.first.location --default gives up "
                  + "a target for good")
          .raise(e);
    }
  }
}
