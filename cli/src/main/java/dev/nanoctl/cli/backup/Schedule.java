package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a backup at each target when it is due, and prunes afterwards. What was due while the
 * machine was off is made up for; what fails is tried again; where the log began a new lineage, or
 * some of it was lost, a backup follows at once, as no moment since then could be restored without.
 */
final class Schedule {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final Duration RETRY = Duration.ofMinutes(15);

  /** A clock may be set back a little at any time. */
  private static final Duration SKEW = Duration.ofHours(1);

  private final Layout layout;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Work work;

  /** What is done at the target of that name; each failure is a problem, and noted. */
  interface Work {
    Backups.Made create(String target);

    void prune(String target);
  }

  Schedule(Layout layout, InstantSource clock, ZoneId zone, Work work) {
    this.layout = layout;
    this.clock = clock;
    this.zone = zone;
    this.work = work;
  }

  /** Does what is due now. */
  void look(BackupConfig config) {
    for (Target target : LogWait.readyFirst(layout, config.targets(), clock.instant())) {
      try {
        if (isDue(config, target)) {
          run(target);
        }
      } catch (IOException e) {
        LOG.error("whether a backup is due cannot be told: {}", e.getMessage());
      }
    }
  }

  private boolean isDue(BackupConfig config, Target target) throws IOException {
    var files = new TargetFiles(layout, target.name());
    Instant now = clock.instant();
    Optional<TargetFiles.Failure> failure = files.failure();
    Optional<TargetFiles.Added> added = files.added();
    boolean failedLately =
        failure.filter(f -> f.at().isAfter(now.minus(RETRY)) && !isToCome(f.at(), now)).isPresent();
    if (added.isEmpty() || failedLately) {
      return false;
    }
    Optional<TargetFiles.Last> last = files.last();
    Optional<Lineage> lineage = Lineage.load(layout, target.name());
    boolean broken =
        last.isPresent() && lineage.isPresent() && !lineage.get().id().equals(last.get().lineage());
    boolean lost = files.gap().isPresent();
    Instant since = last.map(TargetFiles.Last::at).orElse(added.get().at());
    return broken
        || lost
        || isToCome(since, now)
        || config
            .daily()
            .map(daily -> BackupConfig.lastBefore(daily, now.atZone(zone)).toInstant())
            .filter(due -> due.isAfter(since))
            .isPresent();
  }

  /** What was noted by a clock that was wrong says nothing. */
  static boolean isToCome(Instant noted, Instant now) {
    return noted.isAfter(now.plus(SKEW));
  }

  private void run(Target target) {
    try {
      Backups.Made made = work.create(target.name());
      LOG.info(
          "backup {} at {}: {} bytes, {} new",
          made.id(),
          target.name(),
          made.bytes(),
          made.stored());
      work.prune(target.name());
    } catch (ProblemException e) {
      LOG.error("the backup at {} failed: {}", target.name(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the backup at {} failed", target.name(), e);
    }
  }
}
