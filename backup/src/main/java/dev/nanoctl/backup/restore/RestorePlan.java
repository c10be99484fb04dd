package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wal.LogChain;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wire.TimelineHistory;
import dev.nanoctl.core.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exactly which log a restore reads. It is made before anything is written.
 *
 * @param parts the log of each timeline that is passed through, oldest first, each without a hole
 * @param history of the timeline that is followed
 * @param end of the log there is
 * @param required up to where log has to have been replayed afterwards, at least
 */
public record RestorePlan(
    List<Part> parts,
    TimelineHistory history,
    RestoreTarget target,
    LogPosition end,
    LogPosition required) {
  /** How long a segment is, in bytes. */
  public static final int SEGMENT = LogRange.SEGMENT;

  /**
   * Log of one timeline.
   *
   * @param end where it is left for the next timeline, or where log ends
   */
  public record Part(int timeline, LogPosition start, LogPosition end, List<LogRange> ranges) {}

  /** Keeps its own copy. */
  public RestorePlan {
    parts = List.copyOf(parts);
  }

  /**
   * Plans a restore.
   *
   * @param history of the timeline to follow, which has to descend from the backup's
   * @param known the pieces of log there are
   * @throws dev.nanoctl.core.ProblemException with {@code NC-RESTORE-HOLE} when log is missing
   *     before the backup is consistent or the target is reached, with {@code NC-RESTORE-TIMELINE}
   *     when the timeline does not lead on from the backup
   */
  public static RestorePlan of(
      DatabaseCut cut, TimelineHistory history, Collection<LogRange> known, RestoreTarget target) {
    requireDescent(cut, history);
    LogPosition required =
        target instanceof RestoreTarget.Position to && to.position().compareTo(cut.stop()) > 0
            ? to.position()
            : cut.stop();
    refuseEarly(cut, target);
    List<Part> parts = parts(cut, history, known);
    LogPosition end = parts.getLast().end();
    if (end.compareTo(required) < 0 || parts.getLast().timeline() != history.timeline()) {
      throw hole(end, required);
    }
    return new RestorePlan(parts, history, target, end, atLeast(target, end, required));
  }

  /**
   * Up to where log leads from a backup without a hole.
   *
   * @param history of the timeline to follow
   * @param known the pieces of log there are
   */
  public static LogPosition reach(
      DatabaseCut cut, TimelineHistory history, Collection<LogRange> known) {
    return parts(cut, history, known).getLast().end();
  }

  private static List<Part> parts(
      DatabaseCut cut, TimelineHistory history, Collection<LogRange> known) {
    List<Part> parts = new ArrayList<>();
    LogPosition position = LogRange.segmentOf(cut.start());
    int timeline = history.at(cut.start());
    while (true) {
      LogChain chain = LogChain.from(position, timeline, known);
      int current = timeline;
      LogPosition fork = history.end(current).orElse(chain.end());
      LogPosition end = chain.end().compareTo(fork) < 0 ? chain.end() : fork;
      parts.add(new Part(current, position, end, chain.ranges()));
      position = end;
      if (current == history.timeline() || end.compareTo(fork) < 0) {
        return parts;
      }
      timeline = history.after(current).orElseThrow();
    }
  }

  /**
   * Whether some log lies beyond the end, with a hole before it.
   *
   * @param known the pieces of log there are
   */
  public boolean isCutShort(Collection<LogRange> known) {
    return known.stream()
        .anyMatch(
            range -> range.timeline() == history.timeline() && range.end().compareTo(end) > 0);
  }

  /** The last record of a log that ends anywhere may be torn, and is less than a segment. */
  private static LogPosition atLeast(RestoreTarget target, LogPosition end, LogPosition required) {
    var whole = new LogPosition(end.value() - SEGMENT);
    return target instanceof RestoreTarget.Newest && whole.compareTo(required) > 0
        ? whole
        : required;
  }

  /**
   * The names of the segments of log that are replayed, in order; the one in which a timeline gives
   * way to the next has the later one's name.
   */
  public List<String> segments() {
    Map<Long, String> names = new TreeMap<>();
    long each = (1L << 32) / SEGMENT;
    for (Part part : parts) {
      long first = part.start().value() / SEGMENT;
      for (long n = first; n * SEGMENT < part.end().value(); n++) {
        names.put(n, "%08X%08X%08X".formatted(part.timeline(), n / each, n % each));
      }
    }
    return List.copyOf(names.values());
  }

  private static void requireDescent(DatabaseCut cut, TimelineHistory history) {
    boolean leads =
        history.contains(cut.timeline())
            && history.end(cut.timeline()).map(e -> e.compareTo(cut.stop()) >= 0).orElse(true);
    if (!leads) {
      throw new Problem.Usage(
              "NC-RESTORE-TIMELINE",
              "timeline %d does not lead on from the backup, which ends at %s on timeline %d"
                  .formatted(history.timeline(), cut.stop(), cut.timeline()),
              "choose an earlier backup: nanoctl backup list")
          .raise();
    }
  }

  private static void refuseEarly(DatabaseCut cut, RestoreTarget target) {
    if (target instanceof RestoreTarget.Position to && to.position().compareTo(cut.stop()) < 0) {
      throw new Problem.Usage(
              "NC-RESTORE-EARLY",
              "%s lies before the end of the backup at %s".formatted(to.position(), cut.stop()),
              "choose an earlier backup: nanoctl backup list")
          .raise();
    }
  }

  private static RuntimeException hole(LogPosition end, LogPosition required) {
    return new Problem.NotWell(
            "NC-RESTORE-HOLE",
            "log is missing from %s on, it is needed up to %s".formatted(end, required),
            "choose an earlier point in time, or an earlier backup: nanoctl backup list")
        .raise();
  }
}
