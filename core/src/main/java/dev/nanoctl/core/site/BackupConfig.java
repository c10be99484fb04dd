package dev.nanoctl.core.site;

import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;

/**
 * Where backups go, when they are taken, how long they are kept, and when they are tried.
 *
 * @param targets none, one or two
 * @param daily when a backup is taken each day; empty: never by itself
 */
public record BackupConfig(
    List<Target> targets, Optional<LocalTime> daily, Kept kept, Drills drills) {
  /** Keeps its own copy. */
  public BackupConfig {
    targets = List.copyOf(targets);
  }

  /** The target of that name. */
  public Optional<Target> target(String name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /**
   * A place for backups.
   *
   * @param name {@code first} or {@code second}
   * @param bandwidth the most bytes a second, both ways together; empty: no limit
   */
  public record Target(String name, Place place, Optional<ByteSize> bandwidth) {}

  /** A directory or a bucket; its keys are secrets of the site. */
  public sealed interface Place {
    /** A directory of this machine, absolute; often a disk or a share of another machine. */
    record Directory(Path path) implements Place {
      @Override
      public String shown() {
        return path.toString();
      }
    }

    /** A bucket of an S3 endpoint. */
    record Bucket(SiteConfig.Bucket bucket) implements Place {
      @Override
      public String shown() {
        URI endpoint = bucket.endpoint();
        String path = bucket.prefix().isEmpty() ? "" : "/" + bucket.prefix();
        return "s3://" + bucket.name() + path + " at " + endpoint;
      }
    }

    /** For people, without secrets. */
    String shown();
  }

  /**
   * How long backups are kept.
   *
   * @param days one of each of the last days, and any moment since the oldest of them; at least 1
   * @param weeks one of each of the last weeks
   * @param drilled the last ones that a drill restored; at least 1
   */
  public record Kept(int days, int weeks, int drilled) {}

  /**
   * When backups are restored to see that they can be.
   *
   * @param whole of everything; empty: never by itself
   * @param sampled of a part only; empty: never by itself
   */
  public record Drills(Optional<Monthly> whole, Optional<Weekly> sampled) {}

  /** A time of a week. */
  public record Weekly(DayOfWeek day, LocalTime at) {
    /** The last such time that is not after the given one. */
    public ZonedDateTime lastBefore(ZonedDateTime time) {
      ZonedDateTime same = time.with(TemporalAdjusters.previousOrSame(day));
      ZonedDateTime due = on(same, at);
      return due.isAfter(time) ? on(same.minusWeeks(1), at) : due;
    }
  }

  /**
   * A time of a month.
   *
   * @param week which such day of the month, 1 to 4
   */
  public record Monthly(int week, DayOfWeek day, LocalTime at) {
    /** The last such time that is not after the given one. */
    public ZonedDateTime lastBefore(ZonedDateTime time) {
      ZonedDateTime due = in(time);
      return due.isAfter(time) ? in(time.minusMonths(1)) : due;
    }

    private ZonedDateTime in(ZonedDateTime month) {
      return on(month.with(TemporalAdjusters.dayOfWeekInMonth(week, day)), at);
    }
  }

  /** The last time of day that is not after the given time. */
  public static ZonedDateTime lastBefore(LocalTime daily, ZonedDateTime time) {
    ZonedDateTime due = on(time, daily);
    return due.isAfter(time) ? on(time.minusDays(1), daily) : due;
  }

  /**
   * That time of a day: the first of two where clocks are set back, and where they are set forward
   * over it, as much later.
   */
  private static ZonedDateTime on(ZonedDateTime day, LocalTime at) {
    return ZonedDateTime.of(day.toLocalDate(), at, day.getZone());
  }
}
