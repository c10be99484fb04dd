package dev.nanoctl.cli.command;

import picocli.CommandLine.Command;

/** {@code nanoctl start}. */
@Command(name = "start", description = "Start the instance and wait until it is well.")
public final class StartCommand extends ChangeCommand {
  /** Changes the instance that is meant. */
  public StartCommand(Invocation invocation, Engine engine) {
    super(invocation, engine, Engine.Change.START);
  }
}
