package dev.nanoctl.backup.wire;

import dev.nanoctl.backup.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which timelines led to one, and where each was left.
 *
 * @param timeline the one this is the history of
 * @param forks oldest first; empty for the first timeline
 */
public record TimelineHistory(int timeline, List<Fork> forks) {
  /** Where a timeline was left for the next one. */
  public record Fork(int timeline, LogPosition end) {}

  /** Checks that timelines and positions grow. */
  public TimelineHistory {
    forks = List.copyOf(forks);
    int last = 0;
    LogPosition end = new LogPosition(0);
    for (Fork fork : forks) {
      if (fork.timeline() <= last || fork.end().compareTo(end) < 0 || fork.timeline() >= timeline) {
        throw new IllegalArgumentException("not a history of timeline " + timeline + ": " + forks);
      }
      last = fork.timeline();
      end = fork.end();
    }
  }

  /** The history of a cluster that was never promoted. */
  public static TimelineHistory none(int timeline) {
    return new TimelineHistory(timeline, List.of());
  }

  /** Reads a file such as {@code 00000003.history}. */
  public static TimelineHistory parse(int timeline, String text) {
    List<Fork> forks = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String entry = line.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        String[] fields = entry.split("\\s+", 3);
        if (fields.length < 2) {
          throw new IllegalArgumentException("not a line of a timeline's history: " + entry);
        }
        forks.add(new Fork(Integer.parseInt(fields[0]), LogPosition.parse(fields[1])));
      }
    }
    return new TimelineHistory(timeline, forks);
  }

  /** The timeline that holds the log right after a position. */
  public int at(LogPosition position) {
    for (Fork fork : forks) {
      if (position.compareTo(fork.end()) < 0) {
        return fork.timeline();
      }
    }
    return timeline;
  }

  /** Where a timeline was left; empty for the current one and for those not of this history. */
  public Optional<LogPosition> end(int ancestor) {
    return forks.stream().filter(f -> f.timeline() == ancestor).map(Fork::end).findFirst();
  }

  /** Whether a timeline is this one or led to it. */
  public boolean contains(int ancestor) {
    return ancestor == timeline || end(ancestor).isPresent();
  }

  /** The timeline that followed an ancestor. */
  public OptionalInt after(int ancestor) {
    for (int i = 0; i < forks.size(); i++) {
      if (forks.get(i).timeline() == ancestor) {
        return OptionalInt.of(i + 1 < forks.size() ? forks.get(i + 1).timeline() : timeline);
      }
    }
    return OptionalInt.empty();
  }

  /** The name of its file. */
  public String fileName() {
    return "%08X.history".formatted(timeline);
  }
}
