package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Output;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nanoctl backup list}. */
@Command(name = "list", description = "Show the backups that are kept, oldest first.")
public final class BackupListCommand implements Runnable {
  private final Invocation invocation;
  private final Backups backups;

  @Mixin private final OneTarget target = new OneTarget();

  /** Lists the backups of the instance that is meant. */
  public BackupListCommand(Invocation invocation, Backups backups) {
    this.invocation = invocation;
    this.backups = backups;
  }

  @Override
  public void run() {
    List<Backups.Kept> kept = backups.list(invocation.site(), target.name());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.array(
              "backups", kept, (array, one) -> array.object(o -> BackupRows.members(o, one))));
    } else if (kept.isEmpty()) {
      output.remark("there is no backup yet; " + invocation.command("backup create"));
    } else {
      output.rows(kept.stream().map(BackupRows::row).toList());
    }
  }
}
