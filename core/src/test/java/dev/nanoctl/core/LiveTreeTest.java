package dev.nanoctl.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveTreeTest {
  @TempDir private Path folder;

  @Test
  void showsFilesFoldersAndLinks() throws Exception {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c"), "content");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));

    assertThat(shown(folder)).containsExactlyInAnyOrder("", "a", "a/b", "a/b/c 7", "link");
  }

  @Test
  void aFolderThatIsNotThereHasNothingInIt() throws Exception {
    assertThat(shown(folder.resolve("none"))).isEmpty();
  }

  @Test
  void whatVanishesIsPassedOverAndWhatStaysIsShown() throws Exception {
    for (int i = 0; i < 20; i++) {
      Files.createDirectories(folder.resolve("stays-" + i));
      Files.writeString(folder.resolve("stays-" + i + "/file"), "1");
    }
    var stop = new AtomicBoolean();
    Thread other = Thread.ofPlatform().start(() -> comeAndGo(stop));
    try {
      for (int i = 0; i < 500; i++) {
        assertThat(shown(folder)).filteredOn(path -> path.endsWith("file 1")).hasSize(20);
      }
    } finally {
      stop.set(true);
      other.join();
    }
  }

  @Test
  void whatTheVisitorThrowsIsThrown() {
    assertThatThrownBy(() ->
            LiveTree.walk(
                folder,
                (_, _) -> {
                  throw new IOException("stop");
                }))
        .hasMessage("stop");
  }

  private void comeAndGo(AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        for (int i = 0; i < 50; i++) {
          Files.createDirectories(folder.resolve("goes-" + i));
          Files.writeString(folder.resolve("goes-" + i + "/other"), "2");
        }
        for (int i = 0; i < 50; i++) {
          Files.delete(folder.resolve("goes-" + i + "/other"));
          Files.delete(folder.resolve("goes-" + i));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> shown(Path start) throws IOException {
    List<String> shown = new ArrayList<>();
    LiveTree.walk(
        start,
        (path, attributes) ->
            shown.add(
                folder.relativize(path)
                    + (attributes.isRegularFile() ? " " + attributes.size() : "")));
    return shown;
  }
}
