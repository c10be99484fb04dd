package dev.nanoctl.appliance.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftedTest {
  private static final String THEN = "a = 1\nb = 2\nc = 3\nd = 4\n";

  @Test
  void bothSidesAreToldApart() {
    Drifted drifted =
        Drifted.of(
            "f",
            Optional.of(THEN),
            "a = 1\nb = 20\nc = 3\nd = 4\n",
            "a = 1\nb = 2\nc = 3\nd = 40\n");
    assertThat(drifted.byHand()).containsExactly(new Hunk(2, List.of("b = 2"), List.of("b = 20")));
    assertThat(drifted.byNanoctl())
        .containsExactly(new Hunk(4, List.of("d = 4"), List.of("d = 40")));
    assertThat(drifted.conflicts(drifted.byHand().getFirst())).isFalse();
  }

  @Test
  void twoChangesOfTheSameLineAreAConflictUnlessTheyAreEqual() {
    Drifted drifted =
        Drifted.of(
            "f", Optional.of(THEN), "a = 1\nb = 5\nc = 3\nd = 9\n", "a = 1\nb = 6\nc = 3\nd = 9\n");
    assertThat(drifted.byHand()).hasSize(2);
    assertThat(drifted.conflicts(drifted.byHand().getFirst())).isTrue();
    assertThat(drifted.conflicts(drifted.byHand().getLast())).isFalse();
  }

  @Test
  void linesThatCameAndWentAreSaidWhereTheyWere() {
    Drifted drifted = Drifted.of("f", Optional.of(THEN), "x\na = 1\nd = 4\ny\n", THEN);
    assertThat(drifted.byHand())
        .containsExactly(
            new Hunk(1, List.of(), List.of("x")),
            new Hunk(2, List.of("b = 2", "c = 3"), List.of()),
            new Hunk(5, List.of(), List.of("y")));
    assertThat(drifted.byNanoctl()).isEmpty();
  }

  @Test
  void withoutWhatWasRenderedThenTheTextOfNowIsTheMeasure() {
    Drifted drifted = Drifted.of("f", Optional.empty(), "a = 7\n", "a = 1\n");
    assertThat(drifted.byHand()).containsExactly(new Hunk(1, List.of("a = 1"), List.of("a = 7")));
    assertThat(drifted.byNanoctl()).isEmpty();
  }

  @Test
  void applyingTheHunksGivesTheOtherText() {
    var random = new Random(4);
    for (int round = 0; round < 200; round++) {
      String before = text(random);
      String after = text(random);
      var lines = new java.util.ArrayList<>(before.lines().toList());
      for (Hunk hunk : LineDiff.of(before, after).reversed()) {
        List<String> place =
            lines.subList(hunk.line() - 1, hunk.line() - 1 + hunk.removed().size());
        assertThat(place).isEqualTo(hunk.removed());
        place.clear();
        lines.addAll(hunk.line() - 1, hunk.added());
      }
      assertThat(lines).isEqualTo(after.lines().toList());
    }
  }

  private static String text(Random random) {
    return IntStream.range(0, random.nextInt(12))
        .mapToObj(i -> "line " + random.nextInt(5) + "\n")
        .collect(Collectors.joining());
  }
}
