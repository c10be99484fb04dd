package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.site.BackupConfig;
import java.time.Instant;

/** Runs a drill when one is due. */
@FunctionalInterface
public interface DueDrills {
  /** Looks at one moment. */
  @FunctionalInterface
  interface Look {
    /**
     * Runs what is due now, to its end.
     *
     * @param since when there was something to drill with first
     */
    void look(BackupConfig.Drills config, Instant since) throws InterruptedException;
  }

  /** The drills of the instance there. */
  Look of(Layout layout);
}
