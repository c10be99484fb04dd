package dev.nanoctl.backup;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in PostgreSQL's write-ahead log, as {@code 16/B374D848}.
 *
 * @param value unsigned
 */
public record LogPosition(long value) implements Comparable<LogPosition> {
  private static final Pattern FORM = Pattern.compile("([0-9A-F]{1,8})/([0-9A-F]{1,8})");

  /** Reads PostgreSQL's notation. */
  public static LogPosition parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a position in the write-ahead log: " + text);
    }
    return new LogPosition(
        Long.parseLong(matcher.group(1), 16) << 32 | Long.parseLong(matcher.group(2), 16));
  }

  @Override
  public int compareTo(LogPosition other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** PostgreSQL's notation. */
  @Override
  public String toString() {
    return "%X/%X".formatted(value >>> 32, value & 0xFFFF_FFFFL);
  }
}
