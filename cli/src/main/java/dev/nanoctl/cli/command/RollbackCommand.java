package dev.nanoctl.cli.command;

import picocli.CommandLine.Command;

/** {@code nanoctl rollback}. */
@Command(
    name = "rollback",
    description = {
      "Go back to the release before the last upgrade.",
      "The database stays as it is where that release can work with it; else the copy from",
      "before the upgrade takes its place, and what was written since is set aside."
    })
public final class RollbackCommand extends FleetCommand {
  /** Rolls the instance back that is meant. */
  public RollbackCommand(Invocation invocation, Fleets fleets) {
    super(invocation, fleets);
  }

  @Override
  Fleets.Wish wish() {
    return new Fleets.Wish.Rollback();
  }

  @Override
  String done() {
    return "rolled back";
  }
}
