package dev.nanoctl.cli.command;

import dev.nanoctl.core.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the backups of an instance are.
 *
 * @param targets in the order of the configuration; none when none is configured
 * @param problems what is wrong, each with the command that mends it
 * @param lastDrill when the last drill began that found all well
 * @param everyMoment whether the moments between backups can be restored, too
 */
public record BackupHealth(
    List<TargetHealth> targets,
    List<Problem> problems,
    Optional<Instant> lastDrill,
    boolean everyMoment) {
  /** Keeps its own copies. */
  public BackupHealth {
    targets = List.copyOf(targets);
    problems = List.copyOf(problems);
  }

  /**
   * How one target is.
   *
   * @param last when the last good backup ended
   * @param behind for how long log has been waiting to become durable; empty if nobody knows
   * @param waiting how much log that is, in bytes
   * @param message what keeps log from being shipped; empty when nothing does
   */
  public record TargetHealth(
      String name,
      String place,
      Optional<Instant> last,
      Optional<Duration> behind,
      long waiting,
      String message) {}

  /** When the last good backup ended, at whichever target. */
  public Optional<Instant> last() {
    return targets.stream()
        .flatMap(target -> target.last().stream())
        .max(Comparator.naturalOrder());
  }

  /** How far the best target is behind; empty if nobody knows of any. */
  public Optional<Duration> behind() {
    return targets.stream()
        .flatMap(target -> target.behind().stream())
        .min(Comparator.naturalOrder());
  }
}
