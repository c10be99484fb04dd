package dev.nanoctl.cli.command;

import dev.nanoctl.cli.drill.DrillReport;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows a drill's report. */
final class DrillRows {
  private DrillRows() {}

  /** As an object for programs, or as lines. */
  static void print(Output output, Drills.Kept kept) {
    DrillReport report = kept.report();
    if (output.wishes().json()) {
      output.json(json -> {
        report.members(json);
        json.field("genuine", kept.genuine()).field("page", kept.page().toString());
      });
      return;
    }
    var rows = new ArrayList<Row>();
    for (DrillReport.Check check : report.checks()) {
      rows.add(Row.of(check.ok() ? Glyph.WELL : Glyph.FAILED, check.name(), check.detail()));
    }
    rows.add(line(report));
    if (!kept.genuine()) {
      rows.add(Row.of(Glyph.WARNING, "signature", "the report is not what was signed"));
    }
    rows.add(Row.of(Glyph.IDLE, "report", kept.page().toString()));
    output.rows(rows);
  }

  /** Its figures in one line. */
  static Row line(DrillReport report) {
    List<String> parts = new ArrayList<>();
    if (report.times().rpoSeconds() >= 0) {
      parts.add("at most " + time(report.times().rpoSeconds()) + " of changes lost");
    }
    parts.add("back after " + time(report.times().rtoSeconds()));
    return Row.of(report.ok() ? Glyph.DONE : Glyph.FAILED, report.id(), String.join(" · ", parts));
  }

  private static String time(long seconds) {
    return Amounts.time(Duration.ofSeconds(seconds));
  }
}
