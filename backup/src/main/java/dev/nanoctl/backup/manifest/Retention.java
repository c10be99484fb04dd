package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.manifest.JournalState.Backup;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which backups are kept: the newest of each of the last days and weeks, the newest ones that a
 * drill restored, and the first of every history of log that began in the last days, as none of its
 * moments can be reached without. A backup that was found damaged takes nobody's place.
 *
 * @param days the newest good backup of each of so many days, and the histories that began in them;
 *     at least 1
 * @param weeks the newest good backup of each of so many weeks from Monday
 * @param drilled the newest so many that a drill found well
 */
public record Retention(int days, int weeks, int drilled) {
  /** 30 days, 12 weeks, the last three that were drilled. */
  public static final Retention STANDARD = new Retention(30, 12, 3);

  /** Refuses to keep nothing. */
  public Retention {
    if (days < 1 || weeks < 0 || drilled < 1) {
      throw new IllegalArgumentException("days and drilled backups to keep are at least 1");
    }
  }

  /**
   * The backups that may go at that time, oldest first; never the newest good one.
   *
   * @param lineages of each backup that has one, the history of log that goes on from it
   */
  public List<UUID> expired(
      List<Backup> backups, Map<UUID, UUID> lineages, Instant now, ZoneId zone) {
    List<Backup> good =
        backups.stream()
            .filter(backup -> !backup.failed())
            .sorted(Comparator.comparing(Backup::published).reversed())
            .toList();
    if (good.isEmpty()) {
      return List.of();
    }
    Set<UUID> keep = new HashSet<>();
    keep.add(good.getFirst().id());
    keep.addAll(beginnings(good, lineages, now));
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    Set<LocalDate> seenDays = new HashSet<>();
    Set<LocalDate> seenWeeks = new HashSet<>();
    int seenDrilled = 0;
    for (Backup backup : good) {
      LocalDate day = backup.published().atZone(zone).toLocalDate();
      LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      boolean daily = ChronoUnit.DAYS.between(day, today) < days && seenDays.add(day);
      boolean weekly = ChronoUnit.WEEKS.between(monday, week) < weeks && seenWeeks.add(monday);
      boolean proven = backup.drilled() && seenDrilled++ < drilled;
      if (daily || weekly || proven) {
        keep.add(backup.id());
      }
    }
    return backups.stream()
        .sorted(Comparator.comparing(Backup::published))
        .map(Backup::id)
        .filter(id -> !keep.contains(id))
        .toList();
  }

  private Collection<UUID> beginnings(
      List<Backup> newestFirst, Map<UUID, UUID> lineages, Instant now) {
    Map<UUID, UUID> first = new HashMap<>();
    for (Backup backup : newestFirst) {
      UUID lineage = lineages.get(backup.id());
      if (lineage != null && !backup.published().isBefore(now.minus(Duration.ofDays(days)))) {
        first.put(lineage, backup.id());
      }
    }
    return first.values();
  }
}
