package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl autoscale}: one of its verbs has to be given. */
@Command(
    name = "autoscale",
    description = "Have the number of application containers follow the load.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AutoscaleOnCommand.class,
      AutoscaleOffCommand.class,
      AutoscaleStatusCommand.class
    })
public final class AutoscaleCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
