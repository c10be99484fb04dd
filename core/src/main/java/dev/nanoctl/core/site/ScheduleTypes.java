package dev.nanoctl.core.site;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How times that come again are written. */
final class ScheduleTypes {
  private static final String TIME = "(?<hour>[01]?\\d|2[0-3]):(?<minute>[0-5]\\d)";
  private static final String DAY =
      "(?<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)";
  private static final List<String> WEEKS = List.of("1st", "2nd", "3rd", "4th");
  private static final Pattern DAILY = Pattern.compile(TIME);
  private static final Pattern WEEKLY = Pattern.compile(DAY + " " + TIME);
  private static final Pattern MONTHLY =
      Pattern.compile("(?<week>1st|2nd|3rd|4th) " + DAY + " " + TIME);

  private ScheduleTypes() {}

  static ConfigType<LocalTime> daily() {
    return new ConfigType<>(
        "a time of the day, such as 02:00", text -> matched(DAILY, text).map(ScheduleTypes::time));
  }

  static ConfigType<BackupConfig.Weekly> weekly() {
    return new ConfigType<>(
        "a day and a time, such as saturday 04:00",
        text -> matched(WEEKLY, text).map(m -> new BackupConfig.Weekly(day(m), time(m))));
  }

  static ConfigType<BackupConfig.Monthly> monthly() {
    return new ConfigType<>(
        "which day of the month and a time, such as 2nd tuesday 15:00",
        text ->
            matched(MONTHLY, text)
                .map(m ->
                    new BackupConfig.Monthly(WEEKS.indexOf(m.group("week")) + 1, day(m), time(m))));
  }

  private static Optional<Matcher> matched(Pattern pattern, String text) {
    return Optional.of(pattern.matcher(text)).filter(Matcher::matches);
  }

  private static DayOfWeek day(Matcher matcher) {
    return DayOfWeek.valueOf(matcher.group("day").toUpperCase(Locale.ROOT));
  }

  private static LocalTime time(Matcher matcher) {
    return LocalTime.of(
        Integer.parseInt(matcher.group("hour")), Integer.parseInt(matcher.group("minute")));
  }
}
