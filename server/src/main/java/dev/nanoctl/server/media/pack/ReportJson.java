package dev.nanoctl.server.media.pack;

import dev.nanoctl.core.json.JsonWriter;
import java.util.Locale;

/** Writes a validation report as the API shows it. */
public final class ReportJson {
  private ReportJson() {}

  /** The report as a JSON object. */
  public static void write(JsonWriter json, ValidationReport report) {
    ValidationReport.Facts facts = report.facts();
    json.object(o ->
        o.field("ok", report.ok())
            .field("kind", facts.kind() == null ? null : facts.kind().label())
            .field("sha256", facts.sha256().hex())
            .field("size", facts.size())
            .field("entries", facts.entries())
            .field("unpacked_size", facts.unpackedSize())
            .field("launch_file", facts.launchFile())
            .array("findings", report.findings(), ReportJson::writeFinding)
            .array("files", report.files(), ReportJson::writeFile)
            .object("metadata", m -> writeMetadata(m, report.metadata())));
  }

  private static void writeFinding(JsonWriter json, Finding finding) {
    json.object(o ->
        o.field("severity", finding.severity().name().toLowerCase(Locale.ROOT))
            .field("code", finding.code().name())
            .field("entry", finding.entry())
            .field("rule_de", finding.inGerman())
            .field("rule_en", finding.inEnglish())
            .field("remedy_de", finding.rule().remedyDe())
            .field("remedy_en", finding.rule().remedyEn()));
  }

  private static void writeFile(JsonWriter json, PackageFile file) {
    json.object(o -> o.field("path", file.path()).field("size", file.size()));
  }

  private static void writeMetadata(JsonWriter json, PackageMetadata metadata) {
    json.field("title", metadata.title())
        .field("language", metadata.language())
        .field("licence", metadata.licence())
        .texts("authors", metadata.authors())
        .field("description", metadata.description());
    if (metadata.durationMinutes() != null) {
      json.field("duration_minutes", metadata.durationMinutes().longValue());
    }
  }
}
