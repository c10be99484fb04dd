package dev.nanoctl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
  @TempDir private Path folder;

  @Test
  void theFileIsReplacedWithItsPermissionsAndNothingIsLeftBeside() throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, "old");
    DurableFile.write(file, "new".getBytes(StandardCharsets.UTF_8), "rw-------");
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatCannotBeReplacedStaysAndLeavesNoDraft() throws IOException {
    Path file = folder.resolve("taken");
    Files.createDirectories(file.resolve("inside"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> DurableFile.write(file, new byte[] {1}, "rw-------"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
