package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.manifest.JournalState;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Merges the many small pieces in which log arrives into few large ones. Nothing is changed or
 * removed: garbage collection lets go of the small ones, once it has read back what holds the same.
 * Only one object's log is in memory at a time.
 */
public final class LogCompactor {
  /**
   * How much is done.
   *
   * @param plan what is merged with what
   * @param age how old a piece is by the store's clock before it is touched
   * @param mostPieces after how many pieces a run ends
   * @param mostTime after which time a run ends
   */
  public record Limits(CompactionPlan plan, Duration age, int mostPieces, Duration mostTime) {
    /** Objects of 16 MiB of log, from an hour on; what an hour brings even when it is much. */
    public static final Limits USUAL =
        new Limits(
            new CompactionPlan(LogRange.SEGMENT, 16),
            Duration.ofHours(1),
            20_000,
            Duration.ofMinutes(10));
  }

  /**
   * What a run did.
   *
   * @param made new objects
   * @param pieces what they were made of
   * @param bytes of log in them
   * @param failures what could not be merged, and why
   */
  public record Report(int made, int pieces, long bytes, List<String> failures) {
    /** Keeps its own copy. */
    public Report {
      failures = List.copyOf(failures);
    }
  }

  private record Line(UUID lineage, int timeline) {
    private static final Comparator<Line> ORDER =
        Comparator.comparing(Line::lineage).thenComparingInt(Line::timeline);
  }

  private final SealedLog log;
  private final JournalState journal;
  private final InstantSource clock;
  private final Limits limits;
  private final List<String> failures = new ArrayList<>();
  private int made;
  private int pieces;
  private long bytes;

  /**
   * Compacts that log.
   *
   * @param journal says which keys are given up: they are not read, and never written again
   */
  public LogCompactor(SealedLog log, JournalState journal, InstantSource clock, Limits limits) {
    this.log = log;
    this.journal = journal;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Merges what is due, the newest first, until that is done, the limits are reached, or the thread
   * is interrupted. Can be ended and repeated at any point.
   *
   * @throws IOException when the store cannot be used now
   */
  public Report run() throws IOException {
    Map<LogRange, Instant> known = log.pieces();
    known.keySet().removeIf(range -> isGivenUp(range.key()));
    Instant now = clock.instant();
    Instant before = now.minus(limits.age());
    Instant latest = now.plus(limits.mostTime());
    Map<Line, List<LogRange>> lines = new TreeMap<>(Line.ORDER);
    known
        .keySet()
        .forEach(range ->
            lines
                .computeIfAbsent(
                    new Line(range.lineage(), range.timeline()), _ -> new ArrayList<>())
                .add(range));
    for (var line : lines.entrySet()) {
      List<CompactionPlan.Merge> merges =
          limits
              .plan()
              .of(
                  line.getKey().timeline(),
                  line.getValue(),
                  piece -> known.getOrDefault(piece, Instant.MAX).isBefore(before));
      for (CompactionPlan.Merge merge : merges.reversed()) {
        if (pieces >= limits.mostPieces()
            || clock.instant().isAfter(latest)
            || Thread.currentThread().isInterrupted()) {
          return report();
        }
        tryMerge(merge);
      }
    }
    return report();
  }

  private boolean isGivenUp(String key) {
    return journal.isCondemned(key) || journal.isSwept(key);
  }

  private Report report() {
    return new Report(made, pieces, bytes, failures);
  }

  /** What is damaged stays as it is, and does not keep the rest from being merged. */
  private void tryMerge(CompactionPlan.Merge merge) throws IOException {
    if (isGivenUp(merge.whole().key())) {
      return;
    }
    try {
      log.putMerged(merge.whole(), read(merge));
      made++;
      bytes += merge.whole().length();
    } catch (ProblemException e) {
      failures.add(String.valueOf(e.getMessage()));
    } catch (RepositoryException e) {
      if (!e.isLoss()) {
        throw e;
      }
      failures.add(String.valueOf(e.getMessage()));
    }
    pieces += merge.pieces().size();
  }

  /** Where pieces overlap they have to agree. */
  private byte[] read(CompactionPlan.Merge merge) throws IOException {
    LogRange whole = merge.whole();
    byte[] plain = new byte[whole.length()];
    int filled = 0;
    for (LogRange piece : merge.pieces()) {
      int at = (int) (piece.start().value() - whole.start().value());
      byte[] part = log.get(piece);
      int overlap = filled - at;
      if (!Arrays.equals(plain, at, filled, part, 0, overlap)) {
        throw RepositoryProblem.damaged(piece.key(), "holds other log than the piece before it");
      }
      System.arraycopy(part, overlap, plain, filled, part.length - overlap);
      filled = at + part.length;
    }
    return plain;
  }
}
