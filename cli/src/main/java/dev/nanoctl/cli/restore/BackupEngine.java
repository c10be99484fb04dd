package dev.nanoctl.cli.restore;

import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Which engine a backup is of: its database holds roles that only that engine knows. */
final class BackupEngine {
  private BackupEngine() {}

  /** A problem when the backup is of another engine than the instance has now. */
  static void require(Snapshot snapshot, Engine now) throws IOException {
    ConfigText config = SiteRecovery.config(snapshot);
    Engine then = new SiteConfigFile(Path.of("nanoctl.yml")).require(config).site().engine();
    if (then != now) {
      throw new Problem.Usage(
              "NC-RESTORE-ENGINE",
              "that backup is of the engine %s, and the instance runs with %s since"
                  .formatted(name(then), name(now)),
              "choose a later one: nanoctl backup list; nanoctl recover brings it back elsewhere")
          .raise();
    }
  }

  private static String name(Engine engine) {
    return engine.name().toLowerCase(Locale.ROOT);
  }
}
