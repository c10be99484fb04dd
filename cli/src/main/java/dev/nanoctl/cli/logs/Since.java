package dev.nanoctl.cli.logs;

import dev.nanoctl.core.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads points in time as people type them. */
public final class Since {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6}) ?(s|m|min|h|d)");

  private Since() {}

  /** {@code 10m} ago, or an ISO 8601 time. */
  public static Instant parse(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long number = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMinutes(number);
          });
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Problem.Usage(
              "NC-USAGE",
              "--since cannot be \"" + text + "\"; allowed: 10m, 2h, 3d, or 2026-11-21T14:00:00Z",
              "nanoctl logs --help")
          .raise(e);
    }
  }
}
