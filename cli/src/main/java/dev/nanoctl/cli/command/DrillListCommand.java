package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code nanoctl drill list}. */
@Command(name = "list", description = "List the drills that were run, the newest first.")
public final class DrillListCommand implements Runnable {
  private final Invocation invocation;
  private final Drills drills;

  /** Lists the drills of the instance that is meant. */
  public DrillListCommand(Invocation invocation, Drills drills) {
    this.invocation = invocation;
    this.drills = drills;
  }

  @Override
  public void run() {
    List<Drills.Kept> all = drills.list(invocation.site());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.array("drills", all, (array, kept) -> array.object(o -> kept.report().members(o))));
    } else if (all.isEmpty()) {
      output.row(new Row(Glyph.IDLE, "there was no drill yet", "", "nanoctl drill run"), 0);
    } else {
      output.rows(all.stream().map(kept -> DrillRows.line(kept.report())).toList());
    }
  }
}
