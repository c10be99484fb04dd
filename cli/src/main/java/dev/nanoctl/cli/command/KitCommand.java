package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl kit …}. */
@Command(
    name = "kit",
    description = "The recovery kit, which opens the backups when everything else is lost.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KitPrintCommand.class})
public final class KitCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
