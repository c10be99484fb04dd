package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteFolder;
import picocli.CommandLine.Command;

/** {@code nanoctl backup keep}: started by the agent once there is a target. */
@Command(
    name = "keep",
    hidden = true,
    description = "Ship the log and take scheduled backups until the agent ends.")
public final class BackupKeepCommand implements Runnable {
  /** The keeper of backups. */
  public interface Keeper {
    /** Keeps the backups going until the agent ends. */
    void run(SiteFolder site);
  }

  private final Invocation invocation;
  private final Keeper keeper;

  /** Keeps the backups of the instance that is meant. */
  public BackupKeepCommand(Invocation invocation, Keeper keeper) {
    this.invocation = invocation;
    this.keeper = keeper;
  }

  @Override
  public void run() {
    keeper.run(invocation.site());
  }
}
