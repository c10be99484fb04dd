package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.LogPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which pieces of log, in which order, cover a stretch of one timeline without a hole. */
public final class LogChain {
  private final List<LogRange> ranges;
  private final LogPosition start;
  private final LogPosition end;

  private LogChain(List<LogRange> ranges, LogPosition start, LogPosition end) {
    this.ranges = List.copyOf(ranges);
    this.start = start;
    this.end = end;
  }

  /**
   * The longest chain from a position on. Pieces may overlap, as after a crash between keeping and
   * noting; those that add nothing are left out.
   */
  public static LogChain from(LogPosition start, int timeline, Collection<LogRange> known) {
    return from(start, new Remaining(timeline, known));
  }

  /**
   * Every chain of a timeline, in order, with a hole between each two. Pieces that another one
   * holds entirely are in none.
   */
  public static List<LogChain> all(int timeline, Collection<LogRange> known) {
    var remaining = new Remaining(timeline, known);
    List<LogChain> chains = new ArrayList<>();
    for (var next = remaining.first(); next.isPresent(); next = remaining.first()) {
      chains.add(from(next.get().start(), remaining));
    }
    return chains;
  }

  private static LogChain from(LogPosition start, Remaining remaining) {
    List<LogRange> chain = new ArrayList<>();
    LogPosition end = start;
    for (var best = remaining.next(end); best.isPresent(); best = remaining.next(end)) {
      chain.add(best.get());
      end = best.get().end();
    }
    return new LogChain(chain, start, end);
  }

  /** The pieces that were not looked at yet, by their start. */
  private static final class Remaining {
    private final List<LogRange> sorted;
    private int next;

    Remaining(int timeline, Collection<LogRange> known) {
      this.sorted =
          known.stream().filter(r -> r.timeline() == timeline).sorted(LogRange.ORDER).toList();
    }

    Optional<LogRange> first() {
      return next < sorted.size() ? Optional.of(sorted.get(next)) : Optional.empty();
    }

    /** Of those that begin no later than the position the one that leads farthest beyond it. */
    Optional<LogRange> next(LogPosition end) {
      Optional<LogRange> best = Optional.empty();
      for (; next < sorted.size() && sorted.get(next).start().compareTo(end) <= 0; next++) {
        LogRange range = sorted.get(next);
        if (range.end().compareTo(best.map(LogRange::end).orElse(end)) > 0) {
          best = Optional.of(range);
        }
      }
      return best;
    }
  }

  /** The pieces in order. */
  public List<LogRange> ranges() {
    return ranges;
  }

  /** Where it begins. */
  public LogPosition start() {
    return start;
  }

  /** The end of what is covered; the start when nothing is. */
  public LogPosition end() {
    return end;
  }
}
