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
    List<LogRange> sorted =
        known.stream().filter(r -> r.timeline() == timeline).sorted(LogRange.ORDER).toList();
    List<LogRange> chain = new ArrayList<>();
    LogPosition end = start;
    int next = 0;
    while (true) {
      Optional<LogRange> best = Optional.empty();
      for (; next < sorted.size() && sorted.get(next).start().compareTo(end) <= 0; next++) {
        LogRange range = sorted.get(next);
        if (range.end().compareTo(best.map(LogRange::end).orElse(end)) > 0) {
          best = Optional.of(range);
        }
      }
      if (best.isEmpty()) {
        return new LogChain(chain, start, end);
      }
      chain.add(best.get());
      end = best.get().end();
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
