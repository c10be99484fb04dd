package dev.nanoctl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ImportLinesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @Test
  void unpackingDoesNotMakeTheImportLookSlow() {
    Screen screen =
        Screen.terminal(Map.of("TERM", "xterm", "LANG", "C.UTF-8", "NO_COLOR", "1"), () -> 80);
    var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    var output = new Output(stream, screen, stream, screen);
    try (var lines = new ImportLines(output, now::get)) {
      shows("reading");
      assertThat(lines.soFar()).isEqualTo("nothing was imported yet");
      now.set(NOW.plus(Duration.ofMinutes(5)));
      lines.progress(1, 400, 0);
      now.set(NOW.plus(Duration.ofMinutes(5)).plusSeconds(4));
      lines.progress(200, 400, 3);
      shows("importing  200/400  50/s  4 s left   3 rejected");
      assertThat(lines.soFar()).startsWith("200 of 400 entries");
    }
  }

  private void shows(String text) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> err.toString(StandardCharsets.UTF_8).contains(text));
  }
}
