package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;

/** A plan of one step. */
final class PlanLine {
  private PlanLine() {}

  static void print(Output output, String verb, String what) {
    if (output.wishes().json()) {
      output.json(json ->
          json.field("verb", verb)
              .array(
                  "plan", array -> array.object(o -> o.field("step", verb).field("what", what))));
    } else {
      output.row(Row.of(Glyph.PLANNED, verb, what), 0);
    }
  }
}
