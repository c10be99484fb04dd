package dev.nanoctl.appliance.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Tells from how a disk filled until now how long it will last. */
final class Forecast {
  /** A day has a night; less says nothing about the next week. */
  static final Duration LEAST = Duration.ofDays(1);

  private static final Duration LONGEST = Duration.ofDays(30);
  private static final double DAY = 86_400;
  private static final long FOREVER = 3650;

  private Forecast() {}

  /**
   * In how many days nothing will be free, by the straight line through the last month; empty when
   * less than a day is known, when the disk does not fill, or when it lasts longer than ten years.
   */
  static OptionalLong daysLeft(List<Sample> samples, Instant now) {
    List<Sample> recent = samples.stream().filter(s -> s.at().isAfter(now.minus(LONGEST))).toList();
    if (recent.size() < 2
        || Duration.between(recent.getFirst().at(), recent.getLast().at()).compareTo(LEAST) < 0) {
      return OptionalLong.empty();
    }
    double slope = slope(recent);
    long days = slope >= 0 ? FOREVER : (long) (recent.getLast().freeBytes() / -slope);
    return days >= FOREVER ? OptionalLong.empty() : OptionalLong.of(days);
  }

  /** Bytes a day, by least squares. */
  private static double slope(List<Sample> samples) {
    Instant origin = samples.getFirst().at();
    double meanDay = samples.stream().mapToDouble(s -> days(origin, s)).average().orElse(0);
    double meanFree = samples.stream().mapToDouble(Sample::freeBytes).average().orElse(0);
    double product = 0;
    double square = 0;
    for (Sample sample : samples) {
      double day = days(origin, sample) - meanDay;
      product += day * (sample.freeBytes() - meanFree);
      square += day * day;
    }
    return square == 0 ? 0 : product / square;
  }

  private static double days(Instant origin, Sample sample) {
    return Duration.between(origin, sample.at()).toMillis() / 1000.0 / DAY;
  }
}
