package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code nanoctl backup status}. */
@Command(
    name = "status",
    description = {
      "Show how the backups are.",
      "That is the last good one at each target, and how far the log there is behind the database."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:they are well", "2:no target is configured", "3:they are not well"})
public final class BackupStatusCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  private final Invocation invocation;
  private final Backups backups;
  private final InstantSource clock;

  /** Shows the backups of the instance that is meant. */
  public BackupStatusCommand(Invocation invocation, Backups backups, InstantSource clock) {
    this.invocation = invocation;
    this.backups = backups;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    BackupHealth health = backups.health(invocation.site());
    if (health.targets().isEmpty()) {
      throw new Problem.Usage(
              "NC-BACKUP-NO-TARGET",
              "there is no target for backups",
              "nanoctl backup target add LOCATION")
          .raise();
    }
    Output output = invocation.output();
    var view = new BackupHealthView(health, clock.instant());
    if (output.wishes().json()) {
      output.json(json -> {
        json.field("healthy", health.problems().isEmpty());
        view.members(json);
        json.array("problems", health.problems(), StatusView::problem);
      });
    } else if (!output.wishes().quiet()) {
      output.rows(view.rows());
      health
          .problems()
          .forEach(problem ->
              output.row(
                  new Row(Glyph.WARNING, problem.code(), problem.message(), problem.fix()), 0));
    }
    return health.problems().isEmpty() ? 0 : NOT_WELL;
  }
}
