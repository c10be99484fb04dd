package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL said while it replayed the log of a restored cluster.
 *
 * @param text in English
 */
public record RecoveryLog(String text) {
  private static final Pattern STOP =
      Pattern.compile("recovery stopping before commit of transaction \\d+, time (\\S+ \\S+)");
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .appendPattern("X")
          .toFormatter(Locale.ROOT);

  /** When the commit was made before which it stopped; empty where it went to the end. */
  public Optional<Instant> stoppedBefore() {
    Matcher stop = STOP.matcher(text);
    try {
      return stop.find() ? Optional.of(TIME.parse(stop.group(1), Instant::from)) : Optional.empty();
    } catch (DateTimeParseException _) {
      return Optional.empty(); // by a clock of a zone that has no offset to read
    }
  }

  /** Why it did not open: that the log ends too early, where it says so, or else that problem. */
  public ProblemException explained(ProblemException otherwise) {
    return text.contains("recovery ended before configured recovery target")
        ? new Problem.NotWell(
                "NC-RESTORE-UNREACHED",
                "the log in the repository ends before the target",
                "choose an earlier time, or nanoctl restore without --to for all there is")
            .raise(otherwise)
        : otherwise;
  }
}
