package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FileNamesTest {
  @Test
  void aNameIsGivenForOldAndForNewBrowsers() {
    assertThat(FileNames.attachment("Bäume \"fällen\"; 1.zip"))
        .isEqualTo(
            "attachment; filename=\"Baume _fallen__ 1.zip\";"
                + " filename*=UTF-8''B%C3%A4ume%20%22f%C3%A4llen%22%3B%201.zip");
  }

  @Test
  void aPathKeepsItsSlashes() {
    assertThat(FileNames.encodePath("a b/ü#?.html")).isEqualTo("a%20b/%C3%BC%23%3F.html");
  }

  @Test
  void aTypeIsToldByTheNameAlone() {
    assertThat(MediaTypes.of("a/B.HTML")).isEqualTo("text/html");
    assertThat(MediaTypes.of("noext")).isEqualTo("application/octet-stream");
    assertThat(MediaTypes.of("x.html/y")).isEqualTo("application/octet-stream");
  }
}
