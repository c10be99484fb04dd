package dev.nanoctl.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nanoctl drill show}. */
@Command(
    name = "show",
    description = "Show the report of a drill, and whether it is what was signed.",
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:the drill found all well", "3:it did not, or the report was changed"})
public final class DrillShowCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  private final Invocation invocation;
  private final Drills drills;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The beginning of the drill's id; without it, the last one.")
  private @Nullable String id;

  /** Shows a drill of the instance that is meant. */
  public DrillShowCommand(Invocation invocation, Drills drills) {
    this.invocation = invocation;
    this.drills = drills;
  }

  @Override
  public Integer call() {
    Drills.Kept kept = drills.show(invocation.site(), id == null ? "" : id);
    DrillRows.print(invocation.output(), kept);
    return kept.report().ok() && kept.genuine() ? 0 : NOT_WELL;
  }
}
