package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.cli.command.BackupHealth;
import dev.nanoctl.cli.command.BackupHealth.TargetHealth;
import dev.nanoctl.core.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How backups are, for a node exporter's textfile collector. Each figure is a sign of life: whoever
 * watches takes a missing or an old one for a failure.
 */
final class BackupMetrics {
  private final BackupHealth health;
  private final Instant now;

  BackupMetrics(BackupHealth health, Instant now) {
    this.health = health;
    this.now = now;
  }

  /** Replaces the file of that instance. */
  void write(Layout layout) throws IOException {
    Performer.readableFolder(layout.metrics());
    DurableFile.write(
        layout.metrics().resolve("backup.prom"),
        text().getBytes(StandardCharsets.UTF_8),
        "rw-r--r--");
  }

  String text() {
    return single("checked_timestamp_seconds", "When this was written.", now.getEpochSecond())
        + single("problems", "How many things are wrong.", health.problems().size())
        + each(
            "last_timestamp_seconds",
            "When the last good backup ended; 0 before the first.",
            target -> target.last().map(Instant::getEpochSecond).orElse(0L))
        + each(
            "behind_seconds",
            "For how long log has been waiting to become durable; -1 if nobody knows.",
            target -> target.behind().map(Duration::toSeconds).orElse(-1L))
        + each("waiting_bytes", "How much log that is.", TargetHealth::waiting)
        + single(
            "drill_last_good_timestamp_seconds",
            "When the last good drill began; 0 before the first.",
            health.lastDrill().map(Instant::getEpochSecond).orElse(0L));
  }

  private static String single(String name, String help, long value) {
    return head(name, help) + "nanoctl_backup_%s %d\n".formatted(name, value);
  }

  private String each(String name, String help, Function<TargetHealth, Long> value) {
    return head(name, help)
        + health.targets().stream()
            .map(target ->
                "nanoctl_backup_%s{target=\"%s\"} %d\n"
                    .formatted(name, target.name(), value.apply(target)))
            .collect(Collectors.joining());
  }

  private static String head(String name, String help) {
    return String.format(
        Locale.ROOT,
        "# HELP nanoctl_backup_%1$s %2$s\n# TYPE nanoctl_backup_%1$s gauge\n",
        name,
        help);
  }
}
