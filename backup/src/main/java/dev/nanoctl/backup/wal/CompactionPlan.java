package dev.nanoctl.backup.wal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which pieces of log are to be kept as one. What is whole is merged once: a run of pieces that
 * fills an object, or that lies between objects that are full. Where log still grows, pieces are
 * merged as soon as there are enough of them, but never with one that is larger than all that
 * follow it, so that no byte is written more often than the logarithm of an object's size says.
 *
 * @param target the most log of an object, in bytes
 * @param fewest how many pieces are merged at least where log still grows
 */
public record CompactionPlan(int target, int fewest) {
  /** Pieces in order, without a hole, to become one. */
  public record Merge(List<LogRange> pieces) {
    /** Keeps its own copy. */
    public Merge {
      pieces = List.copyOf(pieces);
    }

    /** What they are together. */
    public LogRange whole() {
      LogRange first = pieces.getFirst();
      return new LogRange(first.lineage(), first.timeline(), first.start(), pieces.getLast().end());
    }
  }

  /** Refuses objects larger than can be, and merging one piece. */
  public CompactionPlan {
    if (target < 1 || target > 1 << 30 || fewest < 2) {
      throw new IllegalArgumentException("not how log can be merged");
    }
  }

  /**
   * The merges of a timeline, in its order.
   *
   * @param known pieces of one lineage; a hole between them is never bridged
   * @param settled whether a piece may be merged by now
   */
  public List<Merge> of(int timeline, Collection<LogRange> known, Predicate<LogRange> settled) {
    List<Merge> merges = new ArrayList<>();
    for (LogChain chain : LogChain.all(timeline, known)) {
      var run = new Run(merges);
      for (LogRange piece : chain.ranges()) {
        if (!settled.test(piece)) {
          run.pause();
        } else if (piece.length() >= target / 2) {
          run.close();
        } else {
          run.add(piece);
        }
      }
      run.pause();
    }
    return merges;
  }

  private final class Run {
    private final List<Merge> merges;
    private final Deque<LogRange> pieces = new ArrayDeque<>();

    Run(List<Merge> merges) {
      this.merges = merges;
    }

    void add(LogRange piece) {
      if (!pieces.isEmpty() && length(pieces.getFirst(), piece) > target) {
        close();
      }
      pieces.addLast(piece);
    }

    /** Nothing will ever be added to it. */
    void close() {
      end(2);
    }

    /** More will come. */
    void pause() {
      while (pieces.size() > 1
          && pieces.getFirst().length()
              > pieces.getLast().end().value() - pieces.getFirst().end().value()) {
        pieces.removeFirst();
      }
      end(fewest);
    }

    private void end(int least) {
      if (pieces.size() >= least) {
        merges.add(new Merge(List.copyOf(pieces)));
      }
      pieces.clear();
    }

    private static long length(LogRange first, LogRange last) {
      return last.end().value() - first.start().value();
    }
  }
}
