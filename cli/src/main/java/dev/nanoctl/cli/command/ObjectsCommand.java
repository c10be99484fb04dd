package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl objects …}. */
@Command(
    name = "objects",
    description = "Look after the packages, wherever they are kept.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ObjectsCopyCommand.class, ObjectsProbeCommand.class})
public final class ObjectsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
