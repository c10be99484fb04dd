package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.manifest.JournalState.Backup;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final ZoneId UTC = ZoneOffset.UTC;
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void thirtyDaysAndTwelveWeeksAreKept() {
    List<Backup> backups = new ArrayList<>();
    for (int day = 200; day >= 0; day--) {
      backups.add(backup(day, false, false));
    }
    List<UUID> expired = Retention.STANDARD.expired(backups, Map.of(), NOW, UTC);
    // 30 daily ones, and of the 12 weeks from Monday those that ended before
    assertThat(backups.size() - expired.size()).isEqualTo(30 + 7);
    assertThat(expired).doesNotContain(new UUID(0, 0), new UUID(0, 29));
    assertThat(expired).contains(new UUID(0, 200));
  }

  @Test
  void ofADayTheNewestIsKept() {
    List<Backup> backups =
        List.of(
            new Backup(new UUID(1, 1), NOW.minusSeconds(7200), "", 1, false, false),
            new Backup(new UUID(1, 2), NOW.minusSeconds(3600), "", 1, false, false));
    assertThat(Retention.STANDARD.expired(backups, Map.of(), NOW, UTC))
        .containsExactly(new UUID(1, 1));
  }

  @Test
  void theLastDrilledOnesAreUntouchable() {
    List<Backup> backups = new ArrayList<>();
    for (int day = 900; day >= 500; day -= 100) {
      backups.add(backup(day, true, false));
    }
    backups.add(backup(0, false, false));
    assertThat(new Retention(1, 0, 3).expired(backups, Map.of(), NOW, UTC))
        .containsExactly(new UUID(0, 900), new UUID(0, 800));
  }

  @Test
  void theFirstOfEveryHistoryOfLogStaysWhileItsMomentsMayBeWanted() {
    UUID before = new UUID(7, 1);
    UUID after = new UUID(7, 2);
    List<Backup> backups = new ArrayList<>();
    Map<UUID, UUID> lineages = new HashMap<>();
    for (int hour = 9; hour >= 4; hour--) {
      UUID id = new UUID(1, hour);
      backups.add(new Backup(id, NOW.minusSeconds(hour * 3600L), "", 1, false, false));
      lineages.put(id, hour >= 7 ? before : after);
    }
    assertThat(new Retention(1, 0, 1).expired(backups, lineages, NOW, UTC))
        .containsExactly(new UUID(1, 8), new UUID(1, 7), new UUID(1, 5));
    assertThat(new Retention(1, 0, 1).expired(backups, lineages, NOW.plusSeconds(72_000), UTC))
        .contains(new UUID(1, 9), new UUID(1, 6));
  }

  @Test
  void damagedBackupsTakeNobodysPlaceAndAloneExpireNothing() {
    Backup good = backup(3, false, false);
    Backup bad = backup(0, false, true);
    assertThat(new Retention(1, 0, 1).expired(List.of(good, bad), Map.of(), NOW, UTC))
        .containsExactly(bad.id());
    assertThat(new Retention(1, 0, 1).expired(List.of(bad), Map.of(), NOW, UTC)).isEmpty();
  }

  @Test
  void theNewestStaysHoweverOldItIsAndWhateverTheClockShows() {
    assertThat(
            new Retention(1, 0, 1).expired(List.of(backup(5000, false, false)), Map.of(), NOW, UTC))
        .isEmpty();
    assertThat(
            new Retention(1, 0, 1)
                .expired(List.of(backup(-5000, false, false)), Map.of(), NOW, UTC))
        .isEmpty();
  }

  private static Backup backup(int daysAgo, boolean drilled, boolean failed) {
    return new Backup(
        new UUID(0, daysAgo), NOW.minus(Duration.ofDays(daysAgo)), "", 1, drilled, failed);
  }
}
