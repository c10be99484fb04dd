package dev.nanoctl.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.backup.crypto.MasterKey;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.crypto.Signer;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillBookTest {
  private static final Random RANDOM = new Random(4);
  private static final Signer SIGNER =
      new Sealer(new UUID(1, 2), MasterKey.generate(RANDOM), RANDOM).signer();

  @TempDir private Path root;

  private DrillBook book = new DrillBook(new Layout(new SiteFolder(Path.of("."))));

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(root.resolve("state"));
    book = new DrillBook(new Layout(new SiteFolder(root)));
  }

  private static DrillReport report(String id, String at, boolean ok) {
    return new DrillReport(
        id,
        new DrillReport.Target("<school>", "/mnt/backup", "dde1d872", "newest"),
        new DrillReport.Times(Instant.parse(at), ok ? 3 : -1, 15),
        List.of(
            new DrillReport.Check("rows", true, "29 tables"),
            new DrillReport.Check("server", ok, "415 & more")));
  }

  @Test
  void whatIsKeptIsReadAgainAndTheNewestIsFirst() throws IOException {
    DrillReport good = report("20261101", "2026-11-01T15:00:00Z", true);
    DrillReport bad = report("20261108", "2026-11-08T04:00:00Z", false);
    assertThat(book.list()).isEmpty();
    book.keep(good, SIGNER);
    book.keep(bad, SIGNER);
    assertThat(book.list()).containsExactly(bad, good);
    assertThat(book.find("")).isEqualTo(bad);
    assertThat(book.find("20261101")).isEqualTo(good);
    assertThatThrownBy(() -> book.find("2025")).hasMessageContaining("NC-DRILL-UNKNOWN");
    assertThat(root.resolve("state/metrics/drill.prom"))
        .content()
        .contains("nanoctl_drill_ok 0\n")
        .contains("nanoctl_drill_rto_seconds 15\n");
  }

  @Test
  void aChangedReportIsNotGenuine() throws IOException {
    DrillReport report = report("20261101", "2026-11-01T15:00:00Z", false);
    book.keep(report, SIGNER);
    assertThat(book.genuine(report)).isTrue();
    Path json = root.resolve("state/drills/20261101.json");
    Files.writeString(json, Files.readString(json).replace("\"ok\":false", "\"ok\":true"));
    assertThat(book.genuine(report)).isFalse();
  }

  @Test
  void thePageSaysWhatWasFoundAndTrustsNoText() throws IOException {
    Path page = book.keep(report("20261101", "2026-11-01T15:00:00Z", false), SIGNER);
    assertThat(page)
        .content()
        .contains("could not be restored as it should")
        .contains("&lt;school&gt;")
        .contains("415 &amp; more")
        .contains("could not be measured")
        .doesNotContain("<school>");
  }
}
