package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.ByteSize;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nanoctl backup create}. */
@Command(
    name = "create",
    description = {
      "Take a backup of everything now; only what changed since the last one is stored.",
      "Database, packages, configuration and secrets are cut to one moment."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:there is a backup at every target, and it was found there",
      "2:no target is configured",
      "3:there is a backup at one target, and not at the other",
      "11:another backup is being taken",
      "14:the database or a target does not answer",
      "15:a target refuses, or is not the one it was",
      "16:what arrived is not what was sent; nothing was published"
    })
public final class BackupCreateCommand implements Callable<Integer> {
  private final Invocation invocation;
  private final Backups backups;

  @Mixin private final OneTarget target = new OneTarget();

  @Option(names = "--full", description = "Take over nothing from the backup before.")
  private boolean full;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Backs up the instance that is meant. */
  public BackupCreateCommand(Invocation invocation, Backups backups) {
    this.invocation = invocation;
    this.backups = backups;
  }

  @Override
  public Integer call() {
    Output output = invocation.output();
    if (plan) {
      PlanLine.print(output, "backup create", "store what changed since the last backup");
      return 0;
    }
    Each<Backups.Made> each = create(output);
    List<Backups.Made> made = each.done();
    if (output.wishes().json()) {
      output.json(json -> {
        members(json, made.getFirst());
        json.array("targets", made, (array, one) -> array.object(o -> members(o, one)));
        each.members(json);
      });
    } else if (!output.wishes().quiet()) {
      output.rows(made.stream().map(BackupCreateCommand::row).toList());
      each.rows(output);
    }
    return each.status();
  }

  private Each<Backups.Made> create(Output output) {
    try (var shown = new BackupProgress(output, "backing up")) {
      return backups.create(invocation.site(), target.name(), full, shown);
    }
  }

  private static void members(JsonWriter json, Backups.Made made) {
    json.field("target", made.target())
        .field("id", made.id())
        .field("at", made.at())
        .field("bytes", made.bytes())
        .field("storedBytes", made.stored())
        .field("seconds", made.took().toMillis() / 1000.0);
  }

  private static Row row(Backups.Made made) {
    return Row.of(
        Glyph.DONE,
        made.target(),
        "%s · %s · %s new · %s"
            .formatted(
                BackupRows.shortId(made.id()),
                new ByteSize(made.bytes()),
                new ByteSize(made.stored()),
                Amounts.time(made.took())));
  }
}
