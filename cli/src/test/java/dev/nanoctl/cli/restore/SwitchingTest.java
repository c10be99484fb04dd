package dev.nanoctl.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a switch is cut off, doing it again, or back, leaves every file once and in place. */
class SwitchingTest {
  private static final List<String> NAMES = List.of("postgres/data", "nanoctl.yml");

  @TempDir private Path root;

  private RestoreFolders folders = new RestoreFolders(new Layout(new SiteFolder(Path.of("."))));
  private Switching switching = new Switching(folders);

  @BeforeEach
  void prepare() throws IOException {
    folders = new RestoreFolders(new Layout(new SiteFolder(root)));
    switching = new Switching(folders);
    write(root, "old");
    write(folders.next(), "restored");
  }

  private static void write(Path folder, String text) throws IOException {
    Files.createDirectories(folder.resolve("postgres/data"));
    Files.writeString(folder.resolve("postgres/data/PG_VERSION"), text);
    Files.writeString(folder.resolve("nanoctl.yml"), text);
  }

  private static void holds(Path folder, String text) {
    assertThat(folder.resolve("postgres/data/PG_VERSION")).hasContent(text);
    assertThat(folder.resolve("nanoctl.yml")).hasContent(text);
  }

  @Test
  void theRestoredBecomesLiveAndTheLiveIsKept() throws IOException {
    switching.in(NAMES);
    holds(root, "restored");
    holds(folders.previous(), "old");
    switching.in(NAMES);
    holds(root, "restored");
    holds(folders.previous(), "old");
  }

  @Test
  void backIsBack() throws IOException {
    switching.in(NAMES);
    switching.back(NAMES);
    holds(root, "old");
    holds(folders.next(), "restored");
    switching.back(NAMES);
    holds(root, "old");
  }

  @Test
  void aSwitchThatWasCutOffGoesOnOrBack() throws IOException {
    for (boolean on : new boolean[] {true, false}) {
      Files.createDirectories(folders.previous().resolve("postgres"));
      Files.move(root.resolve("postgres/data"), folders.previous().resolve("postgres/data"));
      if (on) {
        switching.in(NAMES);
        holds(root, "restored");
        holds(folders.previous(), "old");
      }
      switching.back(NAMES);
      holds(root, "old");
      holds(folders.next(), "restored");
    }
  }

  @Test
  void aWayBackThatWasCutOffGoesOn() throws IOException {
    switching.in(NAMES);
    Files.createDirectories(folders.next().resolve("postgres"));
    Files.move(root.resolve("postgres/data"), folders.next().resolve("postgres/data"));
    switching.back(NAMES);
    holds(root, "old");
    holds(folders.next(), "restored");
  }

  @Test
  void whatIsMissingIsBroughtBackAllTheSame() throws IOException {
    Files.delete(root.resolve("postgres/data/PG_VERSION"));
    Files.delete(root.resolve("postgres/data"));
    switching.in(NAMES);
    holds(root, "restored");
    assertThat(folders.previous().resolve("postgres/data")).doesNotExist();
  }
}
