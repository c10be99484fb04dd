package dev.nanoctl.appliance.tls;

import static dev.nanoctl.appliance.tls.RenewalRule.decide;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.tls.RenewalRule.Action;
import dev.nanoctl.appliance.tls.RenewalRule.Failures;
import dev.nanoctl.appliance.tls.RenewalRule.Present;
import dev.nanoctl.appliance.tls.RenewalRule.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenewalRuleTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LIFE = Duration.ofDays(90);

  private static Instant day(double days) {
    return START.plusMillis((long) (days * 86_400_000));
  }

  private static Optional<Present> present(double share) {
    return Optional.of(new Present(START, START.plus(LIFE), true, share));
  }

  private static Optional<Window> window(double start, double end, Instant said) {
    return Optional.of(new Window(day(start), day(end), said));
  }

  @Test
  void withoutACertificateOneIsGotAtOnce() {
    assertThat(decide(START, Optional.empty(), Optional.empty(), Failures.NONE))
        .isEqualTo(new Action.Renew());
  }

  @Test
  void aStandInIsReplacedAtOnceHoweverLongItLasts() {
    var standIn = Optional.of(new Present(START, day(397), false, 0.5));
    assertThat(decide(day(1), standIn, Optional.empty(), Failures.NONE))
        .isEqualTo(new Action.Renew());
  }

  @ParameterizedTest
  @CsvSource({"59.9, 0, false", "60.1, 0, true", "56.9, 1, false", "57.1, 1, true"})
  void itIsRenewedWhenAThirdIsLeftAndALittleEarlierForSome(
      double day, double share, boolean renewed) {
    var asked = window(80, 81, day(day));
    assertThat(decide(day(day), present(share), asked, Failures.NONE) instanceof Action.Renew)
        .isEqualTo(renewed);
  }

  @Test
  void aCertificateThatHasEndedIsRenewed() {
    assertThat(decide(day(91), present(0), Optional.empty(), Failures.NONE))
        .isEqualTo(new Action.Renew());
  }

  @Test
  void theAuthorityMayWishForAnEarlierTime() {
    assertThat(decide(day(10), present(0.5), window(8, 11, day(10)), Failures.NONE))
        .as("half way through its window")
        .isEqualTo(new Action.Renew());
    assertThat(decide(day(9), present(0.5), window(8, 11, day(9)), Failures.NONE))
        .isEqualTo(new Action.Wait(day(9.5)));
  }

  @Test
  void theAuthorityCannotPutRenewalOffBeyondOurOwnRule() {
    assertThat(decide(day(61), present(0), window(85, 89, day(61)), Failures.NONE))
        .isEqualTo(new Action.Renew());
  }

  @Test
  void theAuthorityIsAskedForItsWishTwiceADay() {
    assertThat(decide(day(5), present(0), Optional.empty(), Failures.NONE))
        .isEqualTo(new Action.Ask());
    assertThat(decide(day(5), present(0), window(60, 61, day(4.6)), Failures.NONE))
        .isEqualTo(new Action.Wait(day(60)));
    assertThat(decide(day(5), present(0), window(60, 61, day(4.4)), Failures.NONE))
        .isEqualTo(new Action.Ask());
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "2, 15", "3, 45", "4, 135", "5, 405", "6, 720", "7, 720", "500, 720"})
  void eachFailureMakesTheNextTryLater(int failures, long minutes) {
    var failed = new Failures(failures, START, Optional.empty());
    Instant end = START.plus(Duration.ofMinutes(minutes));
    assertThat(decide(end.minusSeconds(1), Optional.empty(), Optional.empty(), failed))
        .isEqualTo(new Action.Wait(end));
    assertThat(decide(end, Optional.empty(), Optional.empty(), failed))
        .isEqualTo(new Action.Renew());
  }

  @Test
  void aTimeTheAuthorityNamedIsKept() {
    var limited = new Failures(1, START, Optional.of(day(2)));
    assertThat(decide(day(1), Optional.empty(), Optional.empty(), limited))
        .isEqualTo(new Action.Wait(day(2)));
    assertThat(decide(day(2), Optional.empty(), Optional.empty(), limited))
        .isEqualTo(new Action.Renew());
  }

  @Test
  void aFailureLeavesACertificateThatIsNotDueAlone() {
    var failed = new Failures(1, START, Optional.empty());
    assertThat(decide(day(5), present(0), Optional.empty(), failed))
        .isEqualTo(new Action.Wait(day(60)));
  }
}
