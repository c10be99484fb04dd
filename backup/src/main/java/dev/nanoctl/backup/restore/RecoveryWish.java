package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.core.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** What somebody wants to have back. */
public sealed interface RecoveryWish {
  /** Everything that is in the repository. */
  record Newest() implements RecoveryWish {}

  /** What was committed up to that time. */
  record At(Instant time) implements RecoveryWish {}

  /** What was logged up to that position of the newest history. */
  record To(LogPosition position) implements RecoveryWish {}

  /** A backup as it was taken, named by the beginning of its id. */
  record Of(String backup) implements RecoveryWish {}

  /**
   * Reads a time ({@code 2026-11-22T14:30:00Z}, or {@code 2026-11-22 14:30} by the clock of that
   * zone), a position ({@code 0/3000060}), the first eight or more characters of a backup's id, or
   * {@code newest}.
   *
   * @throws dev.nanoctl.core.ProblemException with {@code NC-RESTORE-TARGET} for anything else
   */
  static RecoveryWish parse(String text, ZoneId zone) {
    if (text.equals("newest")) {
      return new Newest();
    }
    if (Forms.ID.matcher(text).matches()) {
      return new Of(text);
    }
    try {
      return text.contains("/") ? new To(LogPosition.parse(text)) : new At(time(text, zone));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Problem.Usage(
              "NC-RESTORE-TARGET",
              "not something to restore to: " + text,
              "a time (2026-11-22 14:30), a position (0/3000060), a backup's id or newest")
          .raise(e);
    }
  }

  private static Instant time(String text, ZoneId zone) {
    String iso = text.replace(' ', 'T');
    return Forms.OFFSET.matcher(iso).find()
        ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(iso, Instant::from)
        : LocalDateTime.parse(iso).atZone(zone).toInstant();
  }

  /** What {@link #parse} reads again as the same wish. */
  default String text() {
    return switch (this) {
      case Newest _ -> "newest";
      case At(Instant time) -> time.toString();
      case To(LogPosition position) -> position.toString();
      case Of(String backup) -> backup;
    };
  }

  /** How what is typed is told apart. */
  final class Forms {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f-]{0,27})?");
    private static final Pattern OFFSET = Pattern.compile("T.*(Z|[+-]\\d\\d:\\d\\d)$");

    private Forms() {}
  }
}
