package dev.nanoctl.core.site;

import static dev.nanoctl.core.site.ConfigType.between;
import static dev.nanoctl.core.site.ConfigType.matching;

import dev.nanoctl.core.site.BackupConfig.Place;
import java.net.URI;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of {@code nanoctl.yml} that decide about backups. */
final class BackupKeys {
  /** The names of the targets there can be. */
  static final List<String> TARGETS = List.of("first", "second");

  static final ConfigKey<Optional<LocalTime>> SCHEDULE =
      new ConfigKey<>(
          "backup.schedule",
          ScheduleTypes.daily().orOff(),
          "02:00",
          "When a backup is taken each day; off: only by nanoctl backup create.");

  static final ConfigKey<Integer> DAYS =
      new ConfigKey<>(
          "backup.retention.days",
          between(1, 3650),
          "30",
          "One backup of each of so many days is kept, and every moment since.");

  static final ConfigKey<Integer> WEEKS =
      new ConfigKey<>(
          "backup.retention.weeks",
          between(0, 520),
          "12",
          "One backup of each of so many weeks is kept.");

  static final ConfigKey<Integer> DRILLED =
      new ConfigKey<>(
          "backup.retention.drilled",
          between(1, 100),
          "3",
          "So many backups that a drill restored are kept, however old.");

  static final ConfigKey<Optional<BackupConfig.Monthly>> DRILL =
      new ConfigKey<>(
          "drill.schedule",
          ScheduleTypes.monthly().orOff(),
          "2nd tuesday 15:00",
          "When the newest backup is restored beside, to see that it can be.");

  static final ConfigKey<Optional<BackupConfig.Weekly>> SAMPLE =
      new ConfigKey<>(
          "drill.sample",
          ScheduleTypes.weekly().orOff(),
          "saturday 04:00",
          "When a part of the newest backup is read back.");

  /** The keys of one target. */
  record OfTarget(
      ConfigKey<Optional<Location>> location,
      ConfigKey<Optional<URI>> endpoint,
      ConfigKey<String> region,
      ConfigKey<Boolean> pathStyle,
      ConfigKey<Optional<ByteSize>> bandwidth) {}

  private static final List<OfTarget> OF_TARGETS = TARGETS.stream().map(BackupKeys::of).toList();

  private BackupKeys() {}

  private static OfTarget of(String name) {
    String before = "backup." + name + ".";
    return new OfTarget(
        new ConfigKey<>(
            before + "location",
            Location.type().orNothing(),
            "",
            "Where backups are kept; nanoctl backup target add sets it."),
        new ConfigKey<>(
            before + "endpoint",
            ConfigType.origin().orNothing(),
            "",
            "The S3 endpoint of a bucket."),
        new ConfigKey<>(
            before + "region",
            matching("[a-z0-9][a-z0-9-]{0,62}", "a region's name, such as us-east-1 or eu-central"),
            "us-east-1",
            "What the endpoint calls its region."),
        new ConfigKey<>(
            before + "path_style",
            ConfigType.truth(),
            "true",
            "Whether the bucket is named in the path; false: in the host name."),
        new ConfigKey<>(
            before + "bandwidth",
            ConfigType.size(new ByteSize(10_000), ByteSize.megabytes(64 << 10)).orNothing(),
            "",
            "The most that is transferred in a second."));
  }

  /** All of them, in the order of the file. */
  static Stream<ConfigKey<?>> all() {
    Stream<ConfigKey<?>> targets =
        OF_TARGETS.stream()
            .flatMap(keys ->
                Stream.<ConfigKey<?>>of(
                    keys.location(),
                    keys.endpoint(),
                    keys.region(),
                    keys.pathStyle(),
                    keys.bandwidth()));
    return Stream.of(
            Stream.<ConfigKey<?>>of(SCHEDULE),
            targets,
            Stream.<ConfigKey<?>>of(DAYS, WEEKS, DRILLED, DRILL, SAMPLE))
        .flatMap(keys -> keys);
  }

  /** What was read of the file. */
  interface Values {
    <T> T get(ConfigKey<T> key);
  }

  /** The targets whose bucket has no endpoint: the keys that are needed. */
  static List<ConfigKey<Optional<URI>>> missing(Values values) {
    return OF_TARGETS.stream()
        .filter(keys -> values.get(keys.location()).filter(Location::isBucket).isPresent())
        .map(OfTarget::endpoint)
        .filter(key -> values.get(key).isEmpty())
        .toList();
  }

  static BackupConfig read(Values values) {
    Stream<BackupConfig.Target> targets =
        Stream.iterate(0, n -> n < TARGETS.size(), n -> n + 1)
            .flatMap(n -> target(TARGETS.get(n), OF_TARGETS.get(n), values).stream());
    return new BackupConfig(
        targets.toList(),
        values.get(SCHEDULE),
        new BackupConfig.Kept(values.get(DAYS), values.get(WEEKS), values.get(DRILLED)),
        new BackupConfig.Drills(values.get(DRILL), values.get(SAMPLE)));
  }

  private static Optional<BackupConfig.Target> target(String name, OfTarget keys, Values values) {
    return values
        .get(keys.location())
        .map(location ->
            new BackupConfig.Target(
                name, place(location, keys, values), values.get(keys.bandwidth())));
  }

  private static Place place(Location location, OfTarget keys, Values values) {
    return location.place(
        values.get(keys.endpoint()), values.get(keys.region()), values.get(keys.pathStyle()));
  }
}
