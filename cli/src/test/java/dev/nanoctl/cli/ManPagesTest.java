package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() {
    assertThat(new CliTester(folder).call("man", folder.resolve("man").toString()).status())
        .isZero();
  }

  @Test
  void everyVisibleCommandHasAPageAndNoHiddenOneHas() throws IOException {
    assertThat(pages())
        .contains("nanoctl.1", "nanoctl-install.1", "nanoctl-user-reset-password.1")
        .doesNotContain("nanoctl-man.1", "nanoctl-warm-up.1");
  }

  @Test
  void aPageTellsWhatTheHelpTells() throws IOException {
    assertThat(Files.readString(folder.resolve("man/nanoctl-status.1")))
        .startsWith(".TH \"NANOCTL\\-STATUS\" 1")
        .contains("nanoctl\\-status \\- Show in one screen how the instance is.")
        .contains(".TP\n\\fB\\-\\-watch\\fR\nShow it again every two seconds")
        .contains(".TP\n\\fB3\\fR\nnot healthy")
        .contains("\\fBnanoctl\\fR(1)");
  }

  @Test
  void groffFindsNoFaultInAnyPage() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
    for (String page : pages()) {
      Process groff =
          new ProcessBuilder("groff", "-man", "-ww", "-Tutf8", "-z", page)
              .directory(folder.resolve("man").toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(groff.waitFor()).as(said).isZero();
      assertThat(said).as(page).isEmpty();
    }
  }

  private List<String> pages() throws IOException {
    try (var files = Files.list(folder.resolve("man"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
