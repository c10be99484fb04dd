package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.site.ByteSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl objects copy}. */
@Command(
    name = "copy",
    description = {
      "Copy all packages into the store that objects.store names now, from the other one.",
      "That is from the folder into the bucket, or back. What is there already is passed "
          + "over, so it may be repeated, also while the server runs. Nothing is removed."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:all packages are in the store",
      "13:the other store is not configured",
      "14:one of the two stores cannot be used"
    })
public final class ObjectsCopyCommand implements Runnable {
  private final Invocation invocation;
  private final Upkeep upkeep;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Copies the packages of the instance that is meant. */
  public ObjectsCopyCommand(Invocation invocation, Upkeep upkeep) {
    this.invocation = invocation;
    this.upkeep = upkeep;
  }

  @Override
  public void run() {
    Output output = invocation.output();
    if (plan) {
      PlanLine.print(output, "objects copy", "copy into this store what only the other one has");
      return;
    }
    Upkeep.Copied copied =
        Counted.run(output, "copying", counter -> upkeep.copyObjects(invocation.site(), counter));
    output.fact(
        json ->
            json.field("copied", copied.objects())
                .field("present", copied.present())
                .field("bytes", copied.bytes()),
        Row.of(
            Glyph.DONE,
            "copied",
            "%s · %s · %d were there before"
                .formatted(
                    Amounts.count(copied.objects(), "object", "objects"),
                    new ByteSize(copied.bytes()),
                    copied.present())));
  }
}
