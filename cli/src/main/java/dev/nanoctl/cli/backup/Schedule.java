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
 * machine was off is made up for; what fails is tried again; where the log began a new lineage, a
 * backup follows at once, as no moment since then could be restored without.
 */
final class Schedule {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final Duration RETRY = Duration.ofMinutes(15);

  private final Layout layout;
  private final Backups backups;
  private final InstantSource clock;
  private final ZoneId zone;

  Schedule(Layout layout, Backups backups, InstantSource clock, ZoneId zone) {
    this.layout = layout;
    this.backups = backups;
    this.clock = clock;
    this.zone = zone;
  }

  /** Does what is due now. */
  void look(BackupConfig config) {
    for (Target target : config.targets()) {
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
    if (added.isEmpty() || failure.filter(f -> f.at().isAfter(now.minus(RETRY))).isPresent()) {
      return false;
    }
    Optional<TargetFiles.Last> last = files.last();
    Optional<Lineage> lineage = Lineage.load(layout, target.name());
    boolean broken =
        last.isPresent() && lineage.isPresent() && !lineage.get().id().equals(last.get().lineage());
    Instant since = last.map(TargetFiles.Last::at).orElse(added.get().at());
    return broken
        || config
            .daily()
            .map(daily -> BackupConfig.lastBefore(daily, now.atZone(zone)).toInstant())
            .filter(due -> due.isAfter(since))
            .isPresent();
  }

  private void run(Target target) {
    var site = layout.site();
    var name = Optional.of(target.name());
    try {
      Backups.Made made = backups.create(site, name, false, (_, _) -> {}).getFirst();
      LOG.info(
          "backup {} at {}: {} bytes, {} new",
          made.id(),
          target.name(),
          made.bytes(),
          made.stored());
      backups.prune(site, name);
    } catch (ProblemException e) {
      LOG.error("the backup at {} failed: {}", target.name(), e.getMessage());
    }
  }
}
