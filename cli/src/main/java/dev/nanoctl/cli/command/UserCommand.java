package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl user …}. */
@Command(
    name = "user",
    description = "Manage accounts without the web.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UserCreateCommand.class,
      UserListCommand.class,
      UserRoleCommand.class,
      UserResetPasswordCommand.class
    })
public final class UserCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
