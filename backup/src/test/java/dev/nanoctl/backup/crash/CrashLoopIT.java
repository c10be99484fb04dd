package dev.nanoctl.backup.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A short crash loop; {@code bench/crash-loop} runs a long one. */
class CrashLoopIT {
  @Test
  void nothingThatWasAcknowledgedIsMissingAndNothingLaterIsThere() throws Exception {
    CrashLoop.Outcome outcome = new CrashLoop(20_261_122).run(2);
    assertThat(outcome.checked()).as(outcome.toString()).isGreaterThan(20);
    assertThat(outcome.missing()).as(outcome.toString()).isZero();
    assertThat(outcome.extra()).as(outcome.toString()).isZero();
  }
}
