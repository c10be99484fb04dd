package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl backup target …}. */
@Command(
    name = "target",
    description = "The places where backups are kept: up to two.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BackupTargetAddCommand.class,
      BackupTargetTestCommand.class,
      BackupTargetListCommand.class
    })
public final class BackupTargetCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
