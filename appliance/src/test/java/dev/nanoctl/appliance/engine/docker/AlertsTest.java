package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Problem;
import org.junit.jupiter.api.Test;

class AlertsTest {
  @Test
  void anAlertIsAProblemWithTheCommandThatMendsIt() {
    assertThat(
            Alerts.parse(
                """
                [{"annotations": {"summary": "9% of the disk is free", "fix": "nanoctl doctor"},
                  "labels": {"alertname": "DiskAlmostFull", "severity": "critical"},
                  "status": {"state": "active"}}]
                """))
        .containsExactly(
            new Problem.NotWell(
                "NC-ALERT", "DiskAlmostFull: 9% of the disk is free", "nanoctl doctor"));
  }

  @Test
  void withoutAlertsOrAnAnswerThereIsNothingToSay() {
    assertThat(Alerts.parse("[]")).isEmpty();
    assertThat(Alerts.parse("amtool: error: dial tcp")).isEmpty();
  }
}
