package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import java.time.InstantSource;
import picocli.CommandLine.Command;

/** {@code nanoctl restore undo}. */
@Command(
    name = "undo",
    description = {
      "Put back what was live before the last restore.",
      "What was written since the restore is removed with the restored data."
    })
public final class RestoreUndoCommand implements Runnable {
  private final Invocation invocation;
  private final Restores restores;

  /** Undoes the last restore of the instance that is meant. */
  public RestoreUndoCommand(Invocation invocation, Restores restores) {
    this.invocation = invocation;
    this.restores = restores;
  }

  @Override
  public void run() {
    try (var steps = new StepLines(invocation.output(), InstantSource.system())) {
      restores.undo(invocation.site(), steps);
    }
    invocation
        .output()
        .fact(
            json -> json.field("done", "restore undo"),
            Row.of(Glyph.DONE, "undone", "the data from before the restore are live again"));
  }
}
