package dev.nanoctl.appliance.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
  @TempDir private Path folder;

  @Test
  void aWriterThatKeepsItsFileOpenGoesOnInTheEmptiedOne() throws Exception {
    Path log = folder.resolve("a.log");
    var rotation = new LogRotation(10, 2);
    try (var writer = new FileOutputStream(log.toFile(), true)) {
      for (int i = 1; i <= 4; i++) {
        writer.write("line number %d\n".formatted(i).getBytes(StandardCharsets.UTF_8));
        assertThat(rotation.rotate(log)).isTrue();
      }
      writer.write('x');
    }

    assertThat(log).hasContent("x");
    assertThat(Files.readString(LogRotation.numbered(log, 1))).isEqualTo("line number 4\n");
    assertThat(Files.readString(LogRotation.numbered(log, 2))).isEqualTo("line number 3\n");
    assertThat(LogRotation.numbered(log, 3)).doesNotExist();
  }

  @Test
  void aSmallFileAndAMissingOneStay() throws Exception {
    Path log = folder.resolve("a.log");
    assertThat(new LogRotation(10, 2).rotate(log)).isFalse();
    Files.writeString(log, "short");
    assertThat(new LogRotation(10, 2).rotate(log)).isFalse();
    assertThat(log).hasContent("short");
  }
}
