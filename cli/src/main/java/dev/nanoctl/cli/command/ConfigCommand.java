package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nanoctl config …}. */
@Command(
    name = "config",
    description = "Show, check and change nanoctl.yml.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ConfigShowCommand.class,
      ConfigGetCommand.class,
      ConfigSetCommand.class,
      ConfigValidateCommand.class,
      ConfigEditCommand.class
    })
public final class ConfigCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw missingCommand(spec);
  }

  static ParameterException missingCommand(@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new IllegalStateException("not parsed");
    }
    return new ParameterException(
        spec.commandLine(), "say what: " + String.join(", ", spec.subcommands().keySet()));
  }
}
