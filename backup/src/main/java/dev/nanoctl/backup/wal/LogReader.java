package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a stretch of log from the pieces that were planned for it. Where one of them is gone or
 * damaged, others that hold the same log take its place: compaction keeps log twice for a while,
 * and lets go of what somebody may have planned with.
 */
public final class LogReader {
  /** Takes log in order. */
  @FunctionalInterface
  public interface Receiver {
    /** Takes so many bytes from that offset on. */
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  private final LogStore store;
  private final Set<LogRange> unreadable = new HashSet<>();

  /** Reads from that store. */
  public LogReader(LogStore store) {
    this.store = store;
  }

  /**
   * Hands over every byte from one position to another, each once.
   *
   * @param planned pieces of one timeline that cover the stretch, in order
   * @throws IOException when something cannot be read now
   * @throws ProblemException when a piece is missing or damaged and no other holds its log
   */
  public void read(
      Collection<LogRange> planned, LogPosition from, LogPosition to, Receiver receiver)
      throws IOException {
    Deque<LogRange> next = new ArrayDeque<>(planned);
    LogPosition position = from;
    while (position.compareTo(to) < 0) {
      LogRange range = next.removeFirst();
      if (range.end().compareTo(position) <= 0) {
        continue;
      }
      LogPosition end = range.end().compareTo(to) < 0 ? range.end() : to;
      try {
        byte[] bytes = store.get(range);
        receiver.accept(bytes, distance(range.start(), position), distance(position, end));
        position = end;
      } catch (ProblemException | RepositoryException e) {
        if (isTransient(e)) {
          throw e;
        }
        unreadable.add(range);
        List<LogRange> others = others(range, position);
        if (LogChain.from(position, range.timeline(), others).end().compareTo(end) < 0) {
          throw e;
        }
        others.reversed().forEach(next::addFirst);
      }
    }
  }

  private static boolean isTransient(Exception e) {
    return e instanceof RepositoryException failure && !failure.isLoss();
  }

  private static int distance(LogPosition from, LogPosition to) {
    return Math.toIntExact(to.value() - from.value());
  }

  /** What else holds the log of a piece from a position on, as far as it does. */
  private List<LogRange> others(LogRange lost, LogPosition from) throws IOException {
    List<LogRange> known =
        store.list(lost.lineage()).stream().filter(r -> !unreadable.contains(r)).toList();
    return LogChain.from(from, lost.timeline(), known).ranges().stream()
        .filter(r -> r.start().compareTo(lost.end()) < 0)
        .toList();
  }
}
