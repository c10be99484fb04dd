package dev.nanoctl.appliance.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecoveryLogTest {
  private final ProblemException other =
      new Problem.Unavailable("NC-POSTGRES-FAILED", "it ended", "look").raise();

  @Test
  void theCommitBeforeWhichItStoppedIsRead() {
    String line =
        "2026-11-22 09:00:01.000 UTC [9] LOG:  recovery stopping before commit of transaction 781,"
            + " time 2026-11-22 08:59:58.123456+00\n";
    assertThat(new RecoveryLog("LOG:  redo starts\n" + line).stoppedBefore())
        .contains(Instant.parse("2026-11-22T08:59:58.123456Z"));
    assertThat(new RecoveryLog("LOG:  redo done").stoppedBefore()).isEmpty();
    assertThat(new RecoveryLog(line.replace("+00", " CET")).stoppedBefore()).isEmpty();
  }

  @Test
  void logThatEndsTooEarlyIsNamed() {
    var early =
        new RecoveryLog("FATAL:  recovery ended before configured recovery target was reached");
    assertThat(early.explained(other).problem().code()).isEqualTo("NC-RESTORE-UNREACHED");
    assertThat(new RecoveryLog("FATAL:  out of memory").explained(other)).isSameAs(other);
  }
}
