package dev.nanoctl.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.NewSite;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chore of the process that keeps backups, by a clock that is set, and with its real notes. */
class ScheduleTest {
  private static final ZoneId HERE = ZoneId.of("Europe/Berlin");
  private static final UUID LINEAGE = new UUID(1, 1);

  @TempDir private Path root;

  private final List<String> taken = new ArrayList<>();
  private final List<String> pruned = new ArrayList<>();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-10-23T10:00:00Z");

  @BeforeEach
  void added() throws IOException {
    Files.createDirectories(layout().backup());
    for (String target : List.of("first", "second")) {
      files(target).added(new TargetFiles.Added(new UUID(2, 2), now));
    }
  }

  private Layout layout() {
    return new Layout(new SiteFolder(root));
  }

  private TargetFiles files(String target) {
    return new TargetFiles(layout(), target);
  }

  private BackupConfig config(String... targets) {
    ConfigText text = NewSite.text(Map.of());
    for (String target : targets) {
      var empty = Optional.<String>empty();
      text =
          TargetText.with(
              text,
              target,
              new Backups.NewTarget("/" + target, empty, empty, false, empty, Optional.empty()));
    }
    return new SiteConfigFile(root.resolve("nanoctl.yml")).require(text).backup();
  }

  /** Does and notes what {@link SiteBackups} does and notes. */
  private final class Work implements Schedule.Work {
    @Override
    public Backups.Made create(String target) {
      taken.add(target + " " + now.atZone(HERE).toOffsetDateTime());
      try {
        if (!failures.isEmpty()) {
          files(target).failure(new TargetFiles.Failure(now, "NC-BACKUP-TARGET-DOWN", "away"));
          throw failures.pop();
        }
        var id = new UUID(3, taken.size());
        files(target).last(new TargetFiles.Last(id, now, LINEAGE, 1, 1));
        return new Backups.Made(target, id, now, 1, 1, Duration.ZERO);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void prune(String target) {
      pruned.add(target);
    }
  }

  /** Looks every minute, with a process that is started anew each time. */
  private void until(String time) {
    Instant end = Instant.parse(time);
    BackupConfig config = config("first");
    while (now.isBefore(end)) {
      new Schedule(layout(), () -> now, HERE, new Work()).look(config);
      now = now.plus(Duration.ofMinutes(1));
    }
  }

  @Test
  void everyNightHasOneAndTheNightThatHasTwoOClockTwiceToo() {
    until("2026-10-27T10:00:00Z");
    assertThat(taken)
        .containsExactly(
            "first 2026-10-24T02:00+02:00",
            "first 2026-10-25T02:00+02:00",
            "first 2026-10-26T02:00+01:00",
            "first 2026-10-27T02:00+01:00");
    assertThat(pruned).hasSize(4);
  }

  @Test
  void theNightThatHasNoTwoOClockHasOne() throws IOException {
    now = Instant.parse("2027-03-26T10:00:00Z");
    files("first").added(new TargetFiles.Added(new UUID(2, 2), now));
    until("2027-03-29T10:00:00Z");
    assertThat(taken)
        .containsExactly(
            "first 2027-03-27T02:00+01:00",
            "first 2027-03-28T03:00+02:00",
            "first 2027-03-29T02:00+02:00");
  }

  @Test
  void whatWasMissedWhileNothingRanIsMadeUpForOnce() {
    until("2026-10-23T21:00:00Z");
    now = Instant.parse("2026-10-26T08:15:00Z");
    until("2026-10-27T03:00:00Z");
    assertThat(taken)
        .containsExactly("first 2026-10-26T09:15+01:00", "first 2026-10-27T02:00+01:00");
  }

  @Test
  void whatFailsIsTriedAgainAfterAQuarterOfAnHourUntilItSucceeds() {
    failures.add(new Problem.Unavailable("NC-BACKUP-TARGET-DOWN", "away", "mend").raise());
    failures.add(new IllegalStateException("a bug"));
    until("2026-10-24T23:00:00Z");
    assertThat(taken)
        .containsExactly(
            "first 2026-10-24T02:00+02:00",
            "first 2026-10-24T02:15+02:00",
            "first 2026-10-24T02:30+02:00");
    assertThat(pruned).containsExactly("first");
  }

  @Test
  void aNewHistoryOfLogIsFollowedByABackupAtOnce() throws IOException {
    until("2026-10-24T10:00:00Z");
    new Lineage(new UUID(1, 2), 1).save(layout(), "first");
    new Schedule(layout(), () -> now, HERE, new Work()).look(config("first"));
    assertThat(taken)
        .containsExactly("first 2026-10-24T02:00+02:00", "first 2026-10-24T12:00+02:00");
  }

  @Test
  void logThatWasLostIsFollowedByABackupAtOnce() throws IOException {
    until("2026-10-24T10:00:00Z");
    files("first").gap(new TargetFiles.Gap(now, new LogPosition(9)));
    assertThat(files("first").gap()).isPresent();
    new Schedule(layout(), () -> now, HERE, new Work()).look(config("first"));
    now = now.plus(Duration.ofMinutes(1));
    new Schedule(layout(), () -> now, HERE, new Work()).look(config("first"));
    assertThat(taken)
        .containsExactly("first 2026-10-24T02:00+02:00", "first 2026-10-24T12:00+02:00");
  }

  @Test
  void whatWasNotedByAClockThatWasWrongKeepsNothingBack() throws IOException {
    Instant wrong = Instant.parse("2036-01-01T00:00:00Z");
    files("first").last(new TargetFiles.Last(new UUID(3, 3), wrong, LINEAGE, 1, 1));
    files("first").failure(new TargetFiles.Failure(wrong, "NC-BACKUP-TARGET-DOWN", "away"));
    until("2026-10-24T10:00:00Z");
    assertThat(taken)
        .containsExactly("first 2026-10-23T12:00+02:00", "first 2026-10-24T02:00+02:00");
  }

  @Test
  void aTargetThatLogDoesNotReachComesAfterTheOther() throws IOException {
    now = Instant.parse("2026-10-24T10:00:00Z");
    var progress = new ShippingNote.Progress(1, new LogPosition(9), new LogPosition(9));
    files("second")
        .shipping(new ShippingNote(now, Optional.of(LINEAGE), Optional.of(progress), now, 0, ""));
    failures.add(new Problem.Unavailable("NC-BACKUP-TARGET-DOWN", "away", "mend").raise());
    new Schedule(layout(), () -> now, HERE, new Work()).look(config("first", "second"));
    assertThat(taken)
        .containsExactly("second 2026-10-24T12:00+02:00", "first 2026-10-24T12:00+02:00");
  }
}
