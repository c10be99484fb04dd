package dev.nanoctl.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import is killed with SIGKILL wherever it happens to be; nothing half stays behind. */
final class KilledImportIT {
  private static final int GUIDES = 60;

  @TempDir private Path folder;

  @Test
  void aKilledImportLeavesWholeNanosAndGoesOn() throws Exception {
    Path tar =
        GuideFolders.tar(GuideFolders.write(folder, GUIDES), folder.resolve("guides-xx.tar.gz"));
    Random random = new Random(20261121);
    try (ImportSite site = new ImportSite(folder)) {
      int killed = 0;
      long before = 0;
      for (int round = 0; round < 6 && before < GUIDES; round++) {
        int acknowledged = runAndKill(site, tar, 1 + random.nextInt(15), random.nextInt(4));
        killed++;
        long nanos = site.count("SELECT count(*) FROM nano WHERE status = 'published'");
        assertThat(nanos).as("acknowledged items stay").isGreaterThanOrEqualTo(acknowledged);
        assertThat(nanos).isGreaterThanOrEqualTo(before);
        assertThat(site.count("SELECT count(*) FROM nano")).isEqualTo(nanos);
        assertThat(site.count("SELECT count(*) FROM nano_version")).isEqualTo(nanos);
        site.requireWhole();
        before = nanos;
      }
      assertThat(killed).isGreaterThan(2);
      ImportSummary rest = site.run(tar);
      assertThat(rest.rejected()).isEmpty();
      assertThat(rest.imported() + rest.unchanged()).isEqualTo(GUIDES);
      assertThat(rest.unchanged()).isEqualTo((int) before);
      assertThat(site.count("SELECT count(*) FROM nano WHERE status = 'published'"))
          .isEqualTo(GUIDES);
      assertThat(site.count("SELECT count(*) FROM package")).isEqualTo(GUIDES);
      site.requireWhole();
    }
  }

  /** Kills the child some milliseconds after it has told of so many new items. */
  private static int runAndKill(ImportSite site, Path tar, int items, int millis)
      throws IOException, InterruptedException {
    long known = site.count("SELECT count(*) FROM nano");
    TestDatabase database = site.database();
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ImportChild.class.getName(),
            database.config().url(),
            database.config().user(),
            site.objects().toString(),
            tar.toString(),
            site.admin().id().toString());
    builder.environment().put("CHILD_DATABASE", database.config().password().value());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process child = builder.start();
    int done = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = lines.readLine();
      while (line != null && done < known + items) {
        done = Integer.parseInt(line);
        line = done < known + items ? lines.readLine() : line;
      }
      Thread.sleep(millis);
      child.destroyForcibly();
      child.waitFor();
      for (String left : drain(lines)) {
        done = Math.max(done, Integer.parseInt(left));
      }
    }
    return done;
  }

  /** What the child had said before it died; its last line may be cut. */
  private static List<String> drain(BufferedReader lines) {
    try {
      return lines.lines().filter(line -> line.matches("[0-9]+")).toList();
    } catch (java.io.UncheckedIOException e) {
      return List.of();
    }
  }
}
