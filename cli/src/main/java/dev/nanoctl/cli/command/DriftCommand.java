package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.drift.Hunk;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.SiteFolder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code nanoctl drift}. */
@Command(
    name = "drift",
    description = {
      "Show rendered files that someone changed by hand; they are never overwritten.",
      "What was rendered then, what is there, and what would be rendered now stand side by side."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:no file was changed", "3:files were changed"})
public final class DriftCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  /** Compares rendered files with what was rendered and what would be. */
  public interface Drift {
    /** The files that someone changed. */
    List<Drifted> look(SiteFolder site);
  }

  private final Invocation invocation;
  private final Drift drift;

  /** Looks at the instance that is meant. */
  public DriftCommand(Invocation invocation, Drift drift) {
    this.invocation = invocation;
    this.drift = drift;
  }

  @Override
  public Integer call() {
    List<Drifted> changed = drift.look(invocation.site());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.texts("changed", changed.stream().map(Drifted::file).toList())
              .array("files", changed, DriftCommand::file));
    } else if (!output.wishes().quiet()) {
      print(output, changed);
    }
    return changed.isEmpty() ? 0 : NOT_WELL;
  }

  private void print(Output output, List<Drifted> changed) {
    if (changed.isEmpty()) {
      output.row(Row.of(Glyph.WELL, "rendered files", "as nanoctl wrote them"), 0);
      return;
    }
    for (Drifted file : changed) {
      output.row(Row.of(Glyph.WARNING, file.file(), "changed by hand; kept as it is"), 0);
      for (Hunk hunk : file.byHand()) {
        String clash = file.conflicts(hunk) ? ", where nanoctl would change it, too" : "";
        print(output, "by hand, line " + hunk.line() + clash, hunk);
      }
      file.byNanoctl()
          .forEach(hunk -> print(output, "nanoctl would now write, line " + hunk.line(), hunk));
      output.gap();
    }
    output.paragraph(
        "Settings of your own go into nanoctl.yml (postgres.settings). Then delete the file here, and: "
            + invocation.command("restart"),
        2);
  }

  private static void print(Output output, String where, Hunk hunk) {
    output.paragraph(where, 4);
    hunk.removed().forEach(line -> output.paragraph("- " + line, 6));
    hunk.added().forEach(line -> output.paragraph("+ " + line, 6));
  }

  /** One changed file as an element. */
  static void file(JsonWriter json, Drifted file) {
    json.object(o ->
        o.field("file", file.file())
            .array(
                "byHand",
                file.byHand(),
                (array, hunk) ->
                    array.object(h -> members(h, hunk).field("conflict", file.conflicts(hunk))))
            .array(
                "byNanoctl",
                file.byNanoctl(),
                (array, hunk) -> array.object(h -> members(h, hunk))));
  }

  private static JsonWriter members(JsonWriter json, Hunk hunk) {
    return json.field("line", hunk.line())
        .texts("removed", hunk.removed())
        .texts("added", hunk.added());
  }
}
