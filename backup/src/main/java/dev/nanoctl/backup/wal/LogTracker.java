package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.LogPosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Knows up to where log is durable without a hole while pieces become durable in any order. Not for
 * several threads at once.
 */
public final class LogTracker {
  private final Deque<LogRange> underway = new ArrayDeque<>();
  private final Set<LogRange> done = new HashSet<>();
  private LogPosition durable;
  private LogPosition sent;

  /** Everything before that position is durable. */
  public LogTracker(LogPosition durable) {
    this.durable = durable;
    this.sent = durable;
  }

  /**
   * A piece is on its way.
   *
   * @throws IllegalArgumentException when it does not begin where the last one ended
   */
  public void sent(LogRange range) {
    if (!range.start().equals(sent)) {
      throw new IllegalArgumentException(
          "log from %s cannot follow log up to %s".formatted(range.start(), sent));
    }
    underway.addLast(range);
    sent = range.end();
  }

  /**
   * A piece became durable.
   *
   * @return whether {@link #durable} moved
   * @throws IllegalArgumentException when it was never on its way, or was durable before
   */
  public boolean arrived(LogRange range) {
    if (!underway.contains(range) || !done.add(range)) {
      throw new IllegalArgumentException("not on its way: " + range);
    }
    boolean moved = false;
    while (!underway.isEmpty() && done.remove(underway.getFirst())) {
      durable = underway.removeFirst().end();
      moved = true;
    }
    return moved;
  }

  /** The end of what is durable without a hole. */
  public LogPosition durable() {
    return durable;
  }

  /** The end of what is on its way. */
  public LogPosition sent() {
    return sent;
  }

  /** How many pieces are on their way or wait for an earlier one. */
  public int underway() {
    return underway.size();
  }
}
