package dev.nanoctl.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.cli.command.BackupHealth;
import dev.nanoctl.cli.command.BackupHealth.TargetHealth;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupMetricsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);

  @TempDir private Path root;

  @Test
  void everyTargetAndTheLastDrillAreThere() throws IOException {
    var first =
        new TargetHealth(
            "first",
            "/mnt/backup",
            Optional.of(NOW.minusSeconds(60)),
            Optional.of(Duration.ofSeconds(2)),
            1024,
            "");
    var second =
        new TargetHealth("second", "s3://b", Optional.empty(), Optional.empty(), 0, "refused");
    var layout = new Layout(new SiteFolder(root));
    Files.createDirectories(layout.backup());
    new BackupMetrics(
            new BackupHealth(
                List.of(first, second),
                List.of(new Problem.NotWell("NC-BACKUP-MISSING", "none", "nanoctl backup create")),
                Optional.of(NOW.minusSeconds(86_400)),
                true),
            NOW)
        .write(layout);

    assertThat(Files.readString(layout.metrics().resolve("backup.prom")).lines())
        .contains(
            "nanoctl_backup_checked_timestamp_seconds 1795000000",
            "nanoctl_backup_problems 1",
            "nanoctl_backup_last_timestamp_seconds{target=\"first\"} 1794999940",
            "nanoctl_backup_last_timestamp_seconds{target=\"second\"} 0",
            "nanoctl_backup_behind_seconds{target=\"first\"} 2",
            "nanoctl_backup_behind_seconds{target=\"second\"} -1",
            "nanoctl_backup_waiting_bytes{target=\"first\"} 1024",
            "nanoctl_backup_drill_last_good_timestamp_seconds 1794913600",
            "# TYPE nanoctl_backup_behind_seconds gauge");
  }

  @Test
  void nothingOfASiteThatIsGoneComesBack() {
    var metrics =
        new BackupMetrics(new BackupHealth(List.of(), List.of(), Optional.empty(), true), NOW);
    assertThatThrownBy(() -> metrics.write(new Layout(new SiteFolder(root.resolve("site")))))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(root).isEmptyDirectory();
  }
}
