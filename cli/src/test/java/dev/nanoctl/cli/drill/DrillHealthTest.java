package dev.nanoctl.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrillHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(400));
  private static final BackupConfig.Drills WEEKLY =
      new BackupConfig.Drills(
          Optional.empty(),
          Optional.of(new BackupConfig.Weekly(DayOfWeek.SUNDAY, LocalTime.of(4, 0))));
  private static final BackupConfig.Drills NEVER =
      new BackupConfig.Drills(Optional.empty(), Optional.empty());

  private static DrillReport drill(int daysAgo, boolean ok) {
    return new DrillReport(
        "id" + daysAgo,
        new DrillReport.Target("site", "/mnt/backup", "dde1d872", "newest"),
        new DrillReport.Times(NOW.minus(Duration.ofDays(daysAgo)), 3, 15),
        List.of(new DrillReport.Check("rows", ok, "29 tables")));
  }

  private static Stream<String> problems(
      BackupConfig.Drills config, Instant since, DrillReport... reports) {
    return new DrillHealth(List.of(reports))
        .problems(config, since, NOW).stream().map(Problem::code);
  }

  @Test
  void aGoodDrillIsGoodForFiveWeeks() {
    assertThat(problems(WEEKLY, LONG_AGO, drill(35, true))).isEmpty();
    assertThat(problems(WEEKLY, LONG_AGO, drill(36, true))).containsExactly("NC-DRILL-OLD");
    assertThat(problems(WEEKLY, LONG_AGO)).containsExactly("NC-DRILL-OLD");
    assertThat(problems(WEEKLY, NOW.minus(Duration.ofDays(30)))).isEmpty();
    assertThat(problems(NEVER, LONG_AGO)).isEmpty();
  }

  @Test
  void aFailedOneIsToldAndDoesNotCount() {
    assertThat(problems(WEEKLY, LONG_AGO, drill(1, false), drill(8, true)))
        .containsExactly("NC-DRILL-FAILED");
    assertThat(problems(NEVER, LONG_AGO, drill(1, false))).containsExactly("NC-DRILL-FAILED");
    assertThat(problems(WEEKLY, LONG_AGO, drill(1, false), drill(40, true)))
        .containsExactly("NC-DRILL-FAILED", "NC-DRILL-OLD");
    assertThat(new DrillHealth(List.of(drill(1, false), drill(8, true))).lastGood())
        .contains(NOW.minus(Duration.ofDays(8)));
  }
}
