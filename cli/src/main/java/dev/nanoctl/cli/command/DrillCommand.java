package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl drill …}. */
@Command(
    name = "drill",
    description = "Restore the backup beside the live site, to see that it can be.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DrillRunCommand.class, DrillListCommand.class, DrillShowCommand.class})
public final class DrillCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
