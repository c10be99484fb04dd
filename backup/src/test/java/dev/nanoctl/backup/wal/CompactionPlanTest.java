package dev.nanoctl.backup.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.LogPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pieces become one. */
class CompactionPlanTest {
  private static final UUID LINEAGE = new UUID(3, 4);
  private static final CompactionPlan PLAN = new CompactionPlan(16, 4);

  private static LogRange range(long start, long end) {
    return range(1, start, end);
  }

  private static LogRange range(int timeline, long start, long end) {
    return new LogRange(LINEAGE, timeline, new LogPosition(start), new LogPosition(end));
  }

  /** Pieces of these lengths one after the other; "y" is one of length 1 that is too young. */
  private static String plan(String lengths) {
    List<LogRange> known = new ArrayList<>();
    Set<LogRange> young = new HashSet<>();
    long at = 100;
    for (String length : lengths.split(" ", -1)) {
      boolean isYoung = length.equals("y");
      if (length.equals("hole")) {
        at++;
        continue;
      }
      LogRange piece = range(at, at + (isYoung ? 1 : Integer.parseInt(length)));
      known.add(piece);
      if (isYoung) {
        young.add(piece);
      }
      at = piece.end().value();
    }
    Collections.shuffle(known, new Random(lengths.hashCode()));
    return PLAN.of(1, known, piece -> !young.contains(piece)).stream()
        .map(merge ->
            merge.pieces().stream()
                .map(piece -> String.valueOf(piece.length()))
                .collect(Collectors.joining("+")))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # what fills an object is merged, and as much as fits
          4 4 4 4 1       | 4+4+4+4
          4 4 4 4         | 4+4+4+4
          4 4 4 3 2       | 4+4+4+3
          7 7 7           | 7+7
          7 7             | ''
          5 5 5 7 7       | 5+5+5
          7 7 1 1 1       | 7+7+1+1
          # what lies between objects that are full will not grow: two are enough
          8 1 1 8         | 1+1
          8 1 8           | ''
          1 1 9           | 1+1
          16 1 1 1 17     | 1+1+1
          # where log grows there have to be enough
          1 1 1           | ''
          1 1 1 1         | 1+1+1+1
          8 1 1 1         | ''
          8 1 1 1 1       | 1+1+1+1
          # and what is larger than all that follows waits for more
          5 1 1 1 1       | 1+1+1+1
          4 1 1 1 1       | 4+1+1+1+1
          7 2 1 1 1       | 2+1+1+1
          7 3 1 1 1 1     | 7+3+1+1+1+1
          7 4 1 1 1       | 7+4+1+1+1
          7 5 1 1 1       | 7+5+1+1+1
          6 5 1 1 1       | 6+5+1+1+1
          # what is young is left alone, and more is still to come before it
          1 1 1 y         | ''
          1 1 1 1 y       | 1+1+1+1
          y 1 1 1 1       | 1+1+1+1
          1 1 y 1 1       | ''
          4 4 4 4 4 y     | 4+4+4+4
          # nothing is merged over a hole
          1 1 1 hole 1 1 1     | ''
          1 1 1 1 hole 1 1 1 1 | 1+1+1+1 1+1+1+1
          4 4 4 hole 4 4 4 4 1 | 4+4+4+4
          """,
      delimiter = '|')
  void mergesAre(String lengths, String merges) {
    assertThat(plan(lengths)).isEqualTo(merges);
  }

  @Test
  void aMergeIsTheLogFromItsFirstPieceToItsLast() {
    List<LogRange> pieces = List.of(range(10, 12), range(12, 20));
    assertThat(new CompactionPlan.Merge(pieces).whole()).isEqualTo(range(10, 20));
  }

  @Test
  void otherTimelinesAndWhatALargerPieceHoldsAreLeftOut() {
    List<LogRange> known = new ArrayList<>();
    for (int at = 0; at < 4; at++) {
      known.add(range(1, at, at + 1));
      known.add(range(2, at, at + 1));
    }
    known.add(range(1, 0, 3));
    assertThat(PLAN.of(1, known, _ -> true)).isEmpty();
    assertThat(PLAN.of(2, known, _ -> true))
        .extracting(CompactionPlan.Merge::whole)
        .containsExactly(range(2, 0, 4));
  }

  @Test
  void whatOverlapsIsMeasuredOnce() {
    List<LogRange> known = List.of(range(0, 6), range(4, 10), range(8, 15), range(14, 18));
    assertThat(PLAN.of(1, known, _ -> true))
        .extracting(CompactionPlan.Merge::whole)
        .containsExactly(range(0, 15));
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "16, 1", "1073741825, 2"})
  void whatCannotBeMergedIsRefused(int target, int fewest) {
    assertThatThrownBy(() -> new CompactionPlan(target, fewest))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static List<Long> seeds() {
    return new Random(20_261_122).longs(100).boxed().toList();
  }

  /** Log arrives in small pieces, hour by hour; each hour what is settled is merged. */
  @ParameterizedTest
  @MethodSource("seeds")
  void objectsStayFewAndNoByteIsWrittenOften(long seed) {
    var random = new Random(seed);
    var plan = new CompactionPlan(1 << 14, 16);
    Set<LogRange> known = new HashSet<>();
    Set<LogRange> held = new HashSet<>();
    long end = 0;
    long written = 0;
    for (int hour = 0; hour < 200; hour++) {
      Set<LogRange> settled = new HashSet<>(known);
      int pieces = random.nextInt(60);
      int most = 1 + random.nextInt(random.nextBoolean() ? 1000 : 20);
      for (int i = 0; i < pieces; i++) {
        LogRange piece = range(end, end + 1 + random.nextInt(most));
        known.add(piece);
        end = piece.end().value();
      }
      for (CompactionPlan.Merge merge : plan.of(1, known, settled::contains)) {
        LogRange whole = merge.whole();
        assertThat(whole.length()).isLessThanOrEqualTo(1 << 14);
        assertThat(merge.pieces()).hasSizeGreaterThan(1).allMatch(settled::contains);
        assertThat(held).doesNotContain(whole);
        requireWhole(merge);
        written += whole.length();
        known.add(whole);
        held.addAll(merge.pieces());
      }
      if (random.nextInt(5) == 0) {
        known.removeAll(held);
        held.clear();
      }
    }
    List<LogRange> chain = LogChain.from(new LogPosition(0), 1, known).ranges();
    assertThat(chain.getLast().end()).isEqualTo(new LogPosition(end));
    // full objects are more than half full; those not full yet halve; the last two hours are young
    assertThat((long) chain.size()).isLessThan(2 * end / (1 << 14) + 14 + 16 + 2 * 60);
    assertThat(written).isLessThan(10 * end);
  }

  private static void requireWhole(CompactionPlan.Merge merge) {
    LogPosition position = merge.whole().start();
    for (LogRange piece : merge.pieces()) {
      assertThat(piece.start()).isLessThanOrEqualTo(position);
      assertThat(piece.end()).isGreaterThan(position);
      position = piece.end();
    }
    assertThat(position).isEqualTo(merge.whole().end());
  }
}
