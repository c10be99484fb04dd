package dev.nanoctl.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Times and numbers as people say them. */
public final class Amounts {
  private Amounts() {}

  /** The two largest units at most: {@code 12 d 4 h}, {@code 3 min}, {@code 2.1 s}. */
  public static String time(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, duration.toMillis()) / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return twoUnits(seconds, 60, "min", 1, "s");
    }
    return seconds < 86_400
        ? twoUnits(seconds, 3600, "h", 60, "min")
        : twoUnits(seconds, 86_400, "d", 3600, "h");
  }

  /** How long something has been so: as {@link #time}, but never with fractions. */
  public static String age(Duration duration) {
    return duration.toSeconds() < 10 ? Math.max(0, duration.toSeconds()) + " s" : time(duration);
  }

  private static String twoUnits(long seconds, int large, String name, int small, String rest) {
    long remainder = seconds % large / small;
    return seconds / large + " " + name + (remainder == 0 ? "" : " " + remainder + " " + rest);
  }

  /** Days that nobody wants to know exactly: {@code 9 days}, {@code 5 weeks}, {@code 9 months}. */
  public static String roughly(long days) {
    if (days < 14) {
      return count(days, "day", "days");
    }
    if (days < 60) {
      return days / 7 + " weeks";
    }
    return days < 730 ? Math.round(days / 30.4) + " months" : days / 365 + " years";
  }

  /** {@code 1 entry}, {@code 3 entries}. */
  public static String count(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }
}
