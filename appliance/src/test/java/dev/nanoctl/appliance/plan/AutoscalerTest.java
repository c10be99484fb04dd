package dev.nanoctl.appliance.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.plan.Autoscaler.Decision;
import dev.nanoctl.appliance.plan.Autoscaler.Look;
import dev.nanoctl.appliance.plan.Autoscaler.Machine;
import dev.nanoctl.appliance.plan.Autoscaler.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoscalerTest {
  private static final Policy POLICY = new Policy(1, 5, 70);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Machine ROOMY = new Machine(8, 16L << 30, 512L << 20);
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  /** How many containers there were after each look. */
  private static List<Integer> run(
      int apps, Duration time, Machine machine, IntToDoubleFunction demand) {
    var history = new ArrayList<Integer>();
    Autoscaler state = Autoscaler.FRESH;
    int now = apps;
    for (int beat = 0; beat < time.dividedBy(BEAT); beat++) {
      double wanted = demand.applyAsDouble(beat);
      OptionalDouble used =
          wanted < 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(wanted, now));
      Decision decision =
          state.next(POLICY, new Look(START.plus(BEAT.multipliedBy(beat)), now, used, machine));
      state = decision.state();
      now = decision.apps();
      history.add(now);
    }
    return history;
  }

  private static long changes(List<Integer> history) {
    long changes = 0;
    for (int i = 1; i < history.size(); i++) {
      changes += history.get(i).equals(history.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  @Test
  void aLoadAboveTheAimForTwoMinutesStartsMore() {
    List<Integer> history = run(1, Duration.ofMinutes(3), ROOMY, beat -> 0.76);
    assertThat(history.subList(0, 12)).containsOnly(1);
    assertThat(history.subList(12, 18)).containsOnly(2);
  }

  @Test
  void fivePointsAboveTheAimAreNotEnough() {
    assertThat(run(1, Duration.ofHours(1), ROOMY, beat -> 0.749)).containsOnly(1);
  }

  @Test
  void aPeakOfLessThanTwoMinutesStartsNone() {
    assertThat(run(1, Duration.ofHours(1), ROOMY, beat -> beat % 30 < 12 ? 1.0 : 0.65))
        .containsOnly(1);
  }

  @Test
  void aLoadBelowTheAimForFiveMinutesEndsOneAtATime() {
    List<Integer> history = run(5, Duration.ofMinutes(40), ROOMY, beat -> 0.1);
    assertThat(history.subList(0, 30)).containsOnly(5);
    assertThat(history.get(30)).isEqualTo(4);
    assertThat(history).endsWith(1);
    for (int i = 1; i < history.size(); i++) {
      assertThat(history.get(i - 1) - history.get(i)).isBetween(0, 1);
    }
  }

  @Test
  void noneEndsThatTheOthersCouldNotReplace() {
    // 59 % of two are 118 % of one
    assertThat(run(2, Duration.ofHours(1), ROOMY, beat -> 1.18)).containsOnly(2);
  }

  @Test
  void missingMeasurementsNeverEndContainers() {
    assertThat(run(5, Duration.ofHours(2), ROOMY, beat -> -1)).containsOnly(5);
    assertThat(run(5, Duration.ofHours(2), ROOMY, beat -> beat % 29 == 0 ? -1 : 0.1))
        .containsOnly(5);
  }

  @Test
  void noneStartsWithoutMemory() {
    var full = new Machine(8, (256L << 20) + (511L << 20), 512L << 20);
    assertThat(run(1, Duration.ofHours(1), full, beat -> 5)).containsOnly(1);
    var roomForOne = new Machine(8, (256L << 20) + (512L << 20), 512L << 20);
    assertThat(run(1, Duration.ofMinutes(4), roomForOne, beat -> 5)).endsWith(2);
  }

  @Test
  void moreContainersThanCoresAreMeasuredByTheCores() {
    var small = new Machine(2, 16L << 30, 512L << 20);
    // two cores, both busy: four containers use half a core each and are still too few
    assertThat(run(4, Duration.ofMinutes(4), small, beat -> 2)).endsWith(5);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "9, 5"})
  void theLimitsHoldAtOnce(int apps, int then) {
    assertThat(run(apps, Duration.ofSeconds(20), ROOMY, beat -> 0.65)).containsOnly(then);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aSteadyNoisyLoadSettles(long seed) {
    var random = new Random(seed);
    double demand = 0.3 + 3 * random.nextDouble();
    List<Integer> history =
        run(1, Duration.ofHours(6), ROOMY, beat -> demand * (0.9 + 0.2 * random.nextDouble()));
    assertThat(changes(history)).as("demand " + demand).isLessThanOrEqualTo(4);
    assertThat(changes(history.subList(history.size() / 4, history.size()))).isZero();
    assertThat(history.getLast() * 0.80).isGreaterThan(demand * 0.9);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void aDayWithOneWaveGoesUpOnceAndDownOnce(long seed) {
    var random = new Random(seed);
    int day = 6 * 60 * 24;
    List<Integer> history =
        run(
            1,
            Duration.ofHours(24),
            ROOMY,
            beat ->
                (1.6 - 1.4 * Math.cos(2 * Math.PI * beat / day))
                    * (0.9 + 0.2 * random.nextDouble()));
    assertThat(history).contains(4);
    assertThat(history.getLast()).isEqualTo(1);
    int turns = 0;
    int direction = 0;
    for (int i = 1; i < history.size(); i++) {
      int step = Integer.signum(history.get(i) - history.get(i - 1));
      if (step != 0 && step != direction) {
        turns++;
        direction = step;
      }
    }
    assertThat(turns).isEqualTo(2);
  }

  @Test
  void twoChangesAreThreeMinutesApart() {
    var random = new Random(16);
    List<Integer> history =
        run(1, Duration.ofHours(12), ROOMY, beat -> random.nextInt(60) < 30 ? 5 : 0.05);
    int last = -100;
    for (int i = 1; i < history.size(); i++) {
      if (!history.get(i).equals(history.get(i - 1))) {
        assertThat(i - last).isGreaterThanOrEqualTo(18);
        last = i;
      }
    }
  }

  @Test
  void aPolicyThatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new Policy(0, 5, 70)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Policy(3, 2, 70)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Policy(1, 21, 70)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Policy(1, 5, 96)).isInstanceOf(IllegalArgumentException.class);
  }
}
