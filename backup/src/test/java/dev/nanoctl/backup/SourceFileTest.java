package dev.nanoctl.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "a//b", "a/", "../a", "a/../b", "./a", "a\0b"})
  void aPathThatLeavesTheFolderIsRefused(String path) {
    assertThatThrownBy(() -> SourceFile.file(path, 1, Instant.EPOCH, 0600))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dotsWithinANameAreFine() {
    assertThat(SourceFile.file("base/1/pg_filenode.map", 1, Instant.EPOCH, 0600).kind())
        .isEqualTo(SourceFile.Kind.FILE);
    assertThat(SourceFile.file("a..b/.c", 1, Instant.EPOCH, 0600).path()).isEqualTo("a..b/.c");
  }

  @Test
  void onlyALinkHasATarget() {
    assertThatThrownBy(() -> SourceFile.link("a", Instant.EPOCH, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SourceFile.link("a", Instant.EPOCH, "/x").target()).isEqualTo("/x");
  }
}
