package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.backup.crypto.Signer;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The reports of an instance's drills: each as JSON, as a page, and with a signature of the JSON by
 * the repository's key.
 */
public final class DrillBook {
  private static final String OWNER = "rw-------";

  private final Path folder;
  private final Path metrics;

  /** The reports of the instance there. */
  public DrillBook(Layout layout) {
    this.folder = layout.state().resolve("drills");
    this.metrics = layout.metrics();
  }

  /** Keeps a report; the page's path. */
  Path keep(DrillReport report, Signer signer) throws IOException {
    Performer.privateFolder(folder);
    byte[] json = report.bytes();
    HexFormat hex = HexFormat.of();
    byte[] signature =
        Json.bytes(o ->
            o.object(m ->
                m.field("publicKey", hex.formatHex(signer.publicKey()))
                    .field("signature", hex.formatHex(signer.sign(json)))));
    DurableFile.write(folder.resolve(report.id() + ".sig"), signature, OWNER);
    Path page = folder.resolve(report.id() + ".html");
    DurableFile.write(page, DrillPage.of(report).getBytes(StandardCharsets.UTF_8), OWNER);
    Performer.readableFolder(metrics);
    DurableFile.write(
        metrics.resolve("drill.prom"),
        """
        # HELP nanoctl_drill_last_timestamp_seconds When the last drill began.
        # TYPE nanoctl_drill_last_timestamp_seconds gauge
        nanoctl_drill_last_timestamp_seconds %d
        # HELP nanoctl_drill_ok Whether the last drill found all well.
        # TYPE nanoctl_drill_ok gauge
        nanoctl_drill_ok %d
        # HELP nanoctl_drill_rpo_seconds The age of the newest commit that could be brought back.
        # TYPE nanoctl_drill_rpo_seconds gauge
        nanoctl_drill_rpo_seconds %d
        # HELP nanoctl_drill_rto_seconds How long it took until the restored site answered.
        # TYPE nanoctl_drill_rto_seconds gauge
        nanoctl_drill_rto_seconds %d
        """
            .formatted(
                report.times().at().getEpochSecond(),
                report.ok() ? 1 : 0,
                report.times().rpoSeconds(),
                report.times().rtoSeconds())
            .getBytes(StandardCharsets.UTF_8),
        "rw-r--r--");
    DurableFile.write(folder.resolve(report.id() + ".json"), json, OWNER);
    return page;
  }

  /** All reports, the newest first. */
  public List<DrillReport> list() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(DrillBook::read)
          .sorted(Comparator.comparing((DrillReport r) -> r.times().at()).reversed())
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The report whose id begins so; the newest for an empty text. */
  public DrillReport find(String id) {
    return list().stream()
        .filter(report -> report.id().startsWith(id))
        .findFirst()
        .orElseThrow(() ->
            new Problem.Usage(
                    "NC-DRILL-UNKNOWN",
                    id.isEmpty() ? "there was no drill yet" : "there is no drill " + id,
                    id.isEmpty() ? "nanoctl drill run" : "nanoctl drill list")
                .raise());
  }

  /** The page of a report. */
  public Path page(DrillReport report) {
    return folder.resolve(report.id() + ".html");
  }

  /** Whether the report is what the key of the repository signed. */
  public boolean genuine(DrillReport report) {
    try {
      JsonObject json = Json.parseObject(Files.readAllBytes(folder.resolve(report.id() + ".sig")));
      HexFormat hex = HexFormat.of();
      return Signer.verifies(
          hex.parseHex(json.text("publicKey").orElse("")),
          Files.readAllBytes(folder.resolve(report.id() + ".json")),
          hex.parseHex(json.text("signature").orElse("").toLowerCase(Locale.ROOT)));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static DrillReport read(Path file) {
    try {
      return DrillReport.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
