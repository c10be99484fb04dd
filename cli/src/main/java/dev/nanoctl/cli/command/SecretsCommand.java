package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl secrets}: one of its verbs has to be given. */
@Command(
    name = "secrets",
    description = "List and rotate what is secret; no value is ever printed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SecretsListCommand.class, SecretsRotateCommand.class})
public final class SecretsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
