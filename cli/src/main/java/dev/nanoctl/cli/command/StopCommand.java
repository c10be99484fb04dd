package dev.nanoctl.cli.command;

import picocli.CommandLine.Command;

/** {@code nanoctl stop}. */
@Command(name = "stop", description = "Stop the instance; acknowledged writes are safe.")
public final class StopCommand extends ChangeCommand {
  /** Changes the instance that is meant. */
  public StopCommand(Invocation invocation, Engine engine) {
    super(invocation, engine, Engine.Change.STOP);
  }
}
