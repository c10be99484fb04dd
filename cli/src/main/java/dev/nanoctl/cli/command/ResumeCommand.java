package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl resume}. */
@Command(
    name = "resume",
    description = "Finish or undo an operation that was interrupted, as its journal says.")
public final class ResumeCommand implements Runnable {
  private final Invocation invocation;
  private final Engine engine;

  @Option(names = "--plan", description = "Show what waits to be finished, and do nothing.")
  private boolean plan;

  /** Resumes what happened to the instance that is meant. */
  public ResumeCommand(Invocation invocation, Engine engine) {
    this.invocation = invocation;
    this.engine = engine;
  }

  @Override
  public void run() {
    Optional<String> verb = plan ? engine.unfinished(invocation.site()) : resumed();
    Glyph glyph = plan && verb.isPresent() ? Glyph.PLANNED : Glyph.DONE;
    String what = verb.map(v -> (plan ? "would resume " : "resumed ") + v).orElse("nothing to do");
    invocation
        .output()
        .fact(
            json -> json.field(plan ? "unfinished" : "resumed", verb.orElse(null)),
            Row.of(glyph, what, verb.isPresent() ? "" : "no operation was interrupted"));
  }

  private Optional<String> resumed() {
    try (var steps = new StepLines(invocation.output(), InstantSource.system())) {
      return engine.resume(invocation.site(), steps);
    }
  }
}
