package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.cli.backup.DrillLook;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether it was seen lately that backups can be restored; what nobody saw is not well. */
public final class DrillHealth {
  private static final Duration GOOD = Duration.ofDays(35);

  private final List<DrillReport> reports;

  /** What the reports of an instance say. */
  public static DrillLook.Seen look(
      Layout layout, BackupConfig.Drills config, Instant since, Instant now) {
    var health = new DrillHealth(new DrillBook(layout).list());
    return new DrillLook.Seen(health.lastGood(), health.problems(config, since, now));
  }

  /** By those reports, the newest first. */
  DrillHealth(List<DrillReport> reports) {
    this.reports = List.copyOf(reports);
  }

  /** When the last good drill began. */
  Optional<Instant> lastGood() {
    return reports.stream().filter(DrillReport::ok).map(r -> r.times().at()).findFirst();
  }

  /**
   * What is wrong; nothing where drills never run by themselves and none failed.
   *
   * @param since when there was something to drill with first
   */
  List<Problem> problems(BackupConfig.Drills config, Instant since, Instant now) {
    var problems = new ArrayList<Problem>();
    if (!reports.isEmpty() && !reports.getFirst().ok()) {
      problems.add(
          new Problem.NotWell(
              "NC-DRILL-FAILED",
              "the last drill found something that is not well",
              "nanoctl drill show, then: nanoctl drill run"));
    }
    boolean scheduled = config.whole().isPresent() || config.sampled().isPresent();
    Instant last = lastGood().orElse(since);
    if (scheduled && last.isBefore(now.minus(GOOD))) {
      problems.add(
          new Problem.NotWell(
              "NC-DRILL-OLD",
              "no drill has shown for %d days that the backups can be restored"
                  .formatted(Duration.between(last, now).toDays()),
              "nanoctl drill run"));
    }
    return problems;
  }
}
