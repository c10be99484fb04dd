package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Which engine a backup is of: its database holds roles that only that engine knows. */
final class BackupEngine {
  private BackupEngine() {}

  /**
   * A problem when the backup is of another engine than the instance has now, or would bring back a
   * configuration that names another database.
   *
   * @param withConfig whether configuration comes back, too
   */
  static void require(Snapshot snapshot, Instance instance, boolean withConfig) throws IOException {
    ConfigText config = SiteRecovery.config(snapshot);
    SiteConfig then = new SiteConfigFile(Path.of("nanoctl.yml")).require(config);
    Engine now = instance.ports().engine();
    if (then.site().engine() != now) {
      throw refused(
          "that backup is of the engine %s, and the instance runs with %s since"
              .formatted(name(then.site().engine()), name(now)),
          "choose a later one: nanoctl backup list; nanoctl recover brings it back elsewhere");
    }
    Optional<String> before = then.postgres().external().map(ExternalDatabase::shown);
    Optional<String> here = instance.external().map(ExternalDatabase::shown);
    if (withConfig && !before.equals(here)) {
      throw refused(
          "the configuration in that backup names the database %s, and the instance has %s"
              .formatted(place(before), place(here)),
          "restore without --with-config, or choose a later backup: nanoctl backup list");
    }
  }

  private static ProblemException refused(String why, String fix) {
    return new Problem.Usage("NC-RESTORE-ENGINE", why, fix).raise();
  }

  private static String place(Optional<String> external) {
    return external.orElse("of its own");
  }

  private static String name(Engine engine) {
    return engine.name().toLowerCase(Locale.ROOT);
  }
}
