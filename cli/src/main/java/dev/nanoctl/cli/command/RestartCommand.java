package dev.nanoctl.cli.command;

import picocli.CommandLine.Command;

/** {@code nanoctl restart}. */
@Command(
    name = "restart",
    description = "Stop and start the instance with its configuration as it is now.")
public final class RestartCommand extends ChangeCommand {
  /** Changes the instance that is meant. */
  public RestartCommand(Invocation invocation, Engine engine) {
    super(invocation, engine, Engine.Change.RESTART);
  }
}
