package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.LogPosition;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of log that is kept as one object.
 *
 * @param lineage the unbroken history it belongs to
 * @param timeline of PostgreSQL
 * @param start its first byte
 * @param end the byte after its last
 */
public record LogRange(UUID lineage, int timeline, LogPosition start, LogPosition end) {
  /** By timeline, then by start, then by end. */
  public static final Comparator<LogRange> ORDER =
      Comparator.comparingInt(LogRange::timeline)
          .thenComparing(LogRange::start)
          .thenComparing(LogRange::end);

  /** How PostgreSQL cuts log unless told otherwise when a cluster is made, in bytes. */
  public static final int SEGMENT = 16 << 20;

  private static final Pattern KEY =
      Pattern.compile("wal/([0-9a-f-]{36})/([0-9a-f]{8})/([0-9a-f]{16})-([0-9a-f]{16})");

  /** Refuses a range without bytes and one that is longer than an object may be. */
  public LogRange {
    if (timeline < 1 || end.compareTo(start) <= 0 || end.value() - start.value() > 1 << 30) {
      throw new IllegalArgumentException(
          "no range of log: %d %s-%s".formatted(timeline, start, end));
    }
  }

  /** Its length in bytes. */
  public int length() {
    return (int) (end.value() - start.value());
  }

  /** The start of the segment that a position is in. */
  public static LogPosition segmentOf(LogPosition position) {
    return new LogPosition(position.value() & -(long) SEGMENT);
  }

  /** Whether all of another is in it, of the same lineage and timeline. */
  public boolean contains(LogRange other) {
    return lineage.equals(other.lineage)
        && timeline == other.timeline
        && start.compareTo(other.start) <= 0
        && end.compareTo(other.end) >= 0;
  }

  /** The name of its object in the repository. */
  public String key() {
    return "wal/%s/%08x/%016x-%016x".formatted(lineage, timeline, start.value(), end.value());
  }

  /** What all objects of a lineage begin with. */
  public static String prefix(UUID lineage) {
    return "wal/" + lineage + "/";
  }

  /** The range an object holds; empty when its name is not one of log. */
  public static Optional<LogRange> parse(String key) {
    Matcher matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LogRange(
              UUID.fromString(matcher.group(1)),
              Integer.parseUnsignedInt(matcher.group(2), 16),
              new LogPosition(Long.parseUnsignedLong(matcher.group(3), 16)),
              new LogPosition(Long.parseUnsignedLong(matcher.group(4), 16))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
