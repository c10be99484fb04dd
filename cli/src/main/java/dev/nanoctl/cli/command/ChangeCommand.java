package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import dev.nanoctl.core.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What {@code start}, {@code stop} and {@code restart} have in common: options and one call. */
abstract sealed class ChangeCommand implements Runnable
    permits StartCommand, StopCommand, RestartCommand {
  private final Invocation invocation;
  private final Engine engine;
  private final Engine.Change change;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  ChangeCommand(Invocation invocation, Engine engine, Engine.Change change) {
    this.invocation = invocation;
    this.engine = engine;
    this.change = change;
  }

  @Override
  public final void run() {
    Output output = invocation.output();
    if (plan) {
      StepLines.print(output, engine.plan(invocation.site(), change));
      return;
    }
    List<Problem> warnings;
    try (var steps = new StepLines(output, InstantSource.system())) {
      engine.apply(invocation.site(), change, steps);
      warnings = steps.warnings();
    }
    if (change == Engine.Change.STOP) {
      report("stopped", warnings);
    } else {
      report(invocation.configFile().load().url().toString(), warnings);
    }
  }

  private void report(String what, List<Problem> warnings) {
    Output output = invocation.output();
    if (output.wishes().json()) {
      String verb = change.name().toLowerCase(Locale.ROOT);
      output.json(json -> {
        json.field("done", verb).field("state", state());
        if (!warnings.isEmpty()) {
          json.array("warnings", warnings, StatusView::problem);
        }
      });
    } else if (!output.wishes().quiet()) {
      output.row(Row.of(change == Engine.Change.STOP ? Glyph.IDLE : Glyph.WELL, what, ""), 0);
    }
  }

  private String state() {
    return change == Engine.Change.STOP ? "stopped" : "running";
  }
}
