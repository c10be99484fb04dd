package dev.nanoctl.server.media.pack;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Learning times as manifests write them. */
final class Durations {
  private static final Pattern ISO =
      Pattern.compile(
          ".*?PT(?:(\\d{1,3})H)?(?:(\\d{1,5})M)?(?:(\\d{1,6})(?:\\.\\d+)?S)?.*", Pattern.DOTALL);
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,4}):(\\d{2}):(\\d{2})(?:\\.\\d+)?");
  private static final int LONGEST = 600;

  private Durations() {}

  /**
   * Whole minutes, rounded up; empty for what is no time or not between one minute and ten hours.
   */
  static Optional<Integer> minutes(String text) {
    Matcher matcher = CLOCK.matcher(text.strip());
    if (!matcher.matches()) {
      matcher = ISO.matcher(text.strip());
    }
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long seconds =
        number(matcher.group(1)) * 3600 + number(matcher.group(2)) * 60 + number(matcher.group(3));
    int minutes = (int) ((seconds + 59) / 60);
    return minutes >= 1 && minutes <= LONGEST ? Optional.of(minutes) : Optional.empty();
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
