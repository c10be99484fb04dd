package dev.nanoctl.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.site.BackupConfig;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillScheduleTest {
  private static final BackupConfig.Drills STANDARD =
      new BackupConfig.Drills(
          Optional.of(new BackupConfig.Monthly(2, DayOfWeek.TUESDAY, LocalTime.of(15, 0))),
          Optional.of(new BackupConfig.Weekly(DayOfWeek.SUNDAY, LocalTime.of(4, 0))));

  /** A Monday, a week and a day before the second Tuesday. */
  private static final Instant SINCE = Instant.parse("2026-11-02T12:00:00Z");

  @TempDir private Path root;

  private final List<String> ran = new ArrayList<>();
  private Instant now = SINCE;
  private boolean carriedOut = true;
  private DrillSchedule schedule = begin();

  @BeforeEach
  void begun() throws IOException {
    Files.createDirectories(root.resolve("state").resolve("backup"));
    schedule = begin();
  }

  private DrillSchedule begin() {
    return new DrillSchedule(
        new Layout(new SiteFolder(root == null ? Path.of(".") : root)),
        () -> now,
        ZoneOffset.UTC,
        sampled -> {
          ran.add((sampled ? "sampled " : "whole ") + now);
          return carriedOut;
        });
  }

  private void hours(int count) throws InterruptedException {
    for (int hour = 0; hour < count; hour++) {
      schedule.look(STANDARD, SINCE);
      now = now.plus(Duration.ofHours(1));
    }
  }

  @Test
  void aMonthHasOneOfEverythingAndSampledOnesEveryWeek() throws InterruptedException {
    hours(24 * 28);
    assertThat(ran)
        .containsExactly(
            "sampled 2026-11-08T04:00:00Z",
            "whole 2026-11-10T15:00:00Z",
            "sampled 2026-11-15T04:00:00Z",
            "sampled 2026-11-22T04:00:00Z",
            "sampled 2026-11-29T04:00:00Z");
  }

  @Test
  void whatWasNotedByAClockThatWasWrongKeepsNothingBack() throws InterruptedException {
    now = Instant.parse("2036-12-24T09:00:00Z");
    schedule.look(STANDARD, SINCE);
    schedule = begin();
    now = Instant.parse("2026-11-08T03:00:00Z");
    hours(2);
    assertThat(ran).containsExactly("whole 2036-12-24T09:00:00Z", "sampled 2026-11-08T04:00:00Z");
  }

  @Test
  void whatWasMissedIsMadeUpForOnceAndAProgramThatStartsAnewRemembers()
      throws InterruptedException {
    now = Instant.parse("2026-12-24T09:00:00Z");
    schedule.look(STANDARD, SINCE);
    schedule = begin();
    hours(48);
    assertThat(ran).containsExactly("whole 2026-12-24T09:00:00Z");
  }

  @Test
  void whatCannotBeCarriedOutIsTriedAgainAfterAnHour() throws InterruptedException {
    now = Instant.parse("2026-11-08T04:00:00Z");
    carriedOut = false;
    for (int minute = 0; minute <= 60; minute++) {
      schedule.look(STANDARD, SINCE);
      now = now.plusSeconds(60);
    }
    assertThat(ran).containsExactly("sampled 2026-11-08T04:00:00Z", "sampled 2026-11-08T05:00:00Z");
    carriedOut = true;
    hours(24);
    assertThat(ran).hasSize(3);
  }

  @Test
  void nothingIsDueFromBeforeTheFirstTargetOrWithoutASchedule() throws InterruptedException {
    schedule.look(STANDARD, SINCE);
    now = now.plus(Duration.ofDays(90));
    schedule.look(new BackupConfig.Drills(Optional.empty(), Optional.empty()), SINCE);
    assertThat(ran).isEmpty();
  }
}
