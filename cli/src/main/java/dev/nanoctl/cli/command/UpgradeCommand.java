package dev.nanoctl.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl upgrade}. */
@Command(
    name = "upgrade",
    description = {
      "Have the application run as this program, container by container.",
      "First a backup is taken where there is a target, and the database is copied; what fails is undone, with the database where it is needed."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:upgraded, or nothing to do",
      "12:a release would be skipped; nothing was changed",
      "14:no backup could be taken before it; nothing was changed",
      "16:the rehearsal failed",
      "17:failed and rolled back"
    })
public final class UpgradeCommand extends FleetCommand {
  @Option(
      names = "--rehearse",
      description = "Only try it on a copy of the database, apart from what is live.")
  private boolean rehearse;

  /** Upgrades the instance that is meant. */
  public UpgradeCommand(Invocation invocation, Fleets fleets) {
    super(invocation, fleets);
  }

  @Override
  Fleets.Wish wish() {
    return new Fleets.Wish.Upgrade(rehearse);
  }

  @Override
  String done() {
    return rehearse ? "rehearsed; nothing was changed" : "upgraded";
  }
}
