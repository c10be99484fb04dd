package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nanoctl backup list}. */
@Command(
    name = "list",
    description = "Show the backups that are kept, oldest first.",
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:done",
      "3:one target does not answer; those of the other are shown",
      "14:no target answers"
    })
public final class BackupListCommand implements Callable<Integer> {
  private final Invocation invocation;
  private final Backups backups;

  @Mixin private final OneTarget target = new OneTarget();

  /** Lists the backups of the instance that is meant. */
  public BackupListCommand(Invocation invocation, Backups backups) {
    this.invocation = invocation;
    this.backups = backups;
  }

  @Override
  public Integer call() {
    Each<Backups.Kept> each = backups.list(invocation.site(), target.name());
    List<Backups.Kept> kept = each.done();
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json -> {
        json.array("backups", kept, (array, one) -> array.object(o -> BackupRows.members(o, one)));
        each.members(json);
      });
      return each.status();
    }
    if (kept.isEmpty()) {
      output.remark("there is no backup yet; " + invocation.command("backup create"));
    } else {
      output.rows(kept.stream().map(BackupRows::row).toList());
    }
    each.rows(output);
    return each.status();
  }
}
