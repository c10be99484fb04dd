package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.Step;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Option;

/** What all changes of containers have in common: a plan that is shown or carried out. */
abstract sealed class FleetCommand implements Runnable
    permits ScaleCommand, UpgradeCommand, RollbackCommand, SecretsRotateCommand {
  private final Invocation invocation;
  private final Fleets fleets;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  FleetCommand(Invocation invocation, Fleets fleets) {
    this.invocation = invocation;
    this.fleets = fleets;
  }

  /** What is wished for, from the arguments. */
  abstract Fleets.Wish wish();

  /** What is told when it is done. */
  abstract String done();

  @Override
  public final void run() {
    Fleets.Wish wish = wish();
    if (plan) {
      StepLines.print(invocation.output(), fleets.plan(invocation.site(), wish));
      return;
    }
    Plan carriedOut;
    try (var steps = new StepLines(invocation.output(), InstantSource.system())) {
      carriedOut = fleets.fulfil(invocation.site(), wish, steps);
    }
    List<String> names = carriedOut.steps().stream().map(Step::name).toList();
    invocation
        .output()
        .fact(
            json ->
                json.field("done", carriedOut.verb())
                    .field("changed", !names.isEmpty())
                    .texts("steps", names),
            Row.of(Glyph.DONE, names.isEmpty() ? "nothing to do" : done(), ""));
  }
}
