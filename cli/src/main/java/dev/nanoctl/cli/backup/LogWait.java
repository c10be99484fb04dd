package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.AgentProcess;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.cli.command.Backups.Progress;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Waits for the agent, which ships log beside every backup. */
final class LogWait {
  private static final Duration FRESH = Duration.ofSeconds(15);
  private static final Duration START = Duration.ofSeconds(60);

  /** Whoever ships tries a target that is away at least that often. */
  private static final Duration AWAY = Duration.ofSeconds(20);

  private static final Duration LATEST = Duration.ofMinutes(10);
  private static final Duration BEAT = Duration.ofMillis(200);

  private final Instance instance;
  private final Target target;
  private final InstantSource clock;
  private final TargetFiles files;

  LogWait(Instance instance, Target target, InstantSource clock) {
    this.instance = instance;
    this.target = target;
    this.clock = clock;
    this.files = new TargetFiles(instance.layout(), target.name());
  }

  /** The same targets, first those that log reaches, so that one that is away delays no other. */
  static List<Target> readyFirst(Layout layout, List<Target> targets, Instant now) {
    return targets.stream()
        .sorted(
            Comparator.comparing(target -> !reached(new TargetFiles(layout, target.name()), now)))
        .toList();
  }

  private static boolean reached(TargetFiles files, Instant now) {
    try {
      return reached(files.shipping(), now);
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean reached(Optional<ShippingNote> note, Instant now) {
    return note.filter(n -> n.at().isAfter(now.minus(FRESH)))
        .filter(n -> n.message().isEmpty() && n.progress().isPresent())
        .isPresent();
  }

  /**
   * The lineage that is being shipped; a backup without the log that follows it would be worth
   * nothing.
   */
  Lineage awaitShipping(Progress progress) throws InterruptedException {
    Instant begun = clock.instant();
    try {
      while (true) {
        Optional<ShippingNote> note = files.shipping();
        Optional<Lineage> lineage = Lineage.load(instance.layout(), target.name());
        if (lineage.isPresent() && ships(note, lineage.get())) {
          return lineage.get();
        }
        if (new AgentProcess(instance.layout()).running().isEmpty()) {
          throw notShipping("the agent, which ships it, is down", "nanoctl start");
        }
        boolean away = note.filter(n -> !n.message().isEmpty()).isPresent();
        if (clock.instant().isAfter(begun.plus(away ? AWAY : START))) {
          throw notShipping(
              note.map(ShippingNote::message)
                  .filter(text -> !text.isEmpty())
                  .orElse("it has not begun"),
              "nanoctl backup status");
        }
        progress.at("waiting for the log to be shipped", 0);
        Thread.sleep(BEAT);
      }
    } catch (IOException e) {
      throw notShipping(String.valueOf(e.getMessage()), "nanoctl doctor");
    }
  }

  private boolean ships(Optional<ShippingNote> note, Lineage lineage) {
    return reached(note, clock.instant())
        && note.flatMap(ShippingNote::lineage).filter(lineage.id()::equals).isPresent();
  }

  private ProblemException notShipping(String why, String fix) {
    return new Problem.Unavailable(
            "NC-BACKUP-NOT-SHIPPING",
            "the log is not shipped to %s: %s".formatted(target.name(), why),
            fix)
        .raise();
  }

  /**
   * Returns when the repository itself shows all log that the cut needs.
   *
   * @param until up to where log has to be shipped at least, beyond the cut
   */
  void requireDurable(SealedLog log, DatabaseCut cut, LogPosition until) throws IOException {
    Instant latest = clock.instant().plus(LATEST);
    LogPosition from = LogRange.segmentOf(cut.start());
    while (!noted(cut, until)
        || log.covered(cut.lineage(), cut.timeline(), from).compareTo(cut.stop()) < 0) {
      if (clock.instant().isAfter(latest)) {
        throw notShipping(
            "the log up to %s did not arrive for %d minutes"
                .formatted(cut.stop(), LATEST.toMinutes()),
            "nanoctl backup status");
      }
      try {
        Thread.sleep(BEAT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Problem.Interrupted("NC-INTERRUPTED", "interrupted", "run it again").raise(e);
      }
    }
  }

  private boolean noted(DatabaseCut cut, LogPosition until) throws IOException {
    Optional<ShippingNote> note = files.shipping();
    if (note.flatMap(ShippingNote::lineage).filter(cut.lineage()::equals).isEmpty()) {
      throw notShipping("it began anew while the backup was taken", "nanoctl backup create");
    }
    return note.flatMap(ShippingNote::progress)
        .filter(p -> p.timeline() > cut.timeline() || reaches(p.durable(), cut.stop(), until))
        .isPresent();
  }

  private static boolean reaches(LogPosition durable, LogPosition stop, LogPosition until) {
    return durable.compareTo(stop) >= 0 && durable.compareTo(until) >= 0;
  }
}
