package dev.nanoctl.appliance.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.usage.Traffic;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordUsageTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

  @TempDir private Path folder;

  @Test
  void itNotesWhatTheServerTellsAndNothingWhileItIsSilent() throws IOException {
    var layout = new Layout(new SiteFolder(folder));
    Files.createDirectories(layout.state());
    InstantSource clock = InstantSource.fixed(NOW);

    new RecordUsage(layout, Optional::empty, clock).run();
    assertThat(layout.usage()).doesNotExist();

    new RecordUsage(layout, () -> Optional.of(new Traffic(Map.of(), 3)), clock).run();
    assertThat(layout.usage()).content().contains(NOW.toString());
  }
}
