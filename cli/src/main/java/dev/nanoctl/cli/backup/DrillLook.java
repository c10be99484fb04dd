package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Knows what drills with an instance's backups came to. */
@FunctionalInterface
public interface DrillLook {
  /**
   * What is known.
   *
   * @param lastGood when the last one began that found all well
   * @param problems what is wrong, each with the command that mends it
   */
  record Seen(Optional<Instant> lastGood, List<Problem> problems) {
    /** Keeps its own copy. */
    public Seen {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Looks.
   *
   * @param since when there was something to drill with first
   */
  Seen look(Layout layout, BackupConfig.Drills config, Instant since, Instant now);
}
