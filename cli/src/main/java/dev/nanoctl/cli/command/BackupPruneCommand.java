package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nanoctl backup prune}. */
@Command(
    name = "prune",
    description = {
      "Let go of backups that backup.retention does not keep.",
      "Their content goes a day later. The agent does so after every scheduled backup."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:done",
      "3:done at one target, and not at the other",
      "11:another backup command is at work",
      "14:a target does not answer",
      "15:less is there than must be; nothing was removed"
    })
public final class BackupPruneCommand implements Callable<Integer> {
  private final Invocation invocation;
  private final Backups backups;

  @Mixin private final OneTarget target = new OneTarget();

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Prunes the backups of the instance that is meant. */
  public BackupPruneCommand(Invocation invocation, Backups backups) {
    this.invocation = invocation;
    this.backups = backups;
  }

  @Override
  public Integer call() {
    Output output = invocation.output();
    if (plan) {
      PlanLine.print(output, "backup prune", "let go of what backup.retention does not keep");
      return 0;
    }
    Each<Backups.Pruned> each = prune(output);
    if (output.wishes().json()) {
      output.json(json -> {
        json.array("targets", each.done(), (array, one) -> array.object(o -> members(o, one)));
        each.members(json);
      });
    } else if (!output.wishes().quiet()) {
      output.rows(each.done().stream().map(BackupPruneCommand::row).toList());
      each.rows(output);
    }
    return each.status();
  }

  private Each<Backups.Pruned> prune(Output output) {
    try (var shown = new BackupProgress(output, "pruning")) {
      return backups.prune(invocation.site(), target.name(), shown);
    }
  }

  private static void members(JsonWriter json, Backups.Pruned one) {
    json.field("target", one.target())
        .texts("expired", one.expired().stream().map(UUID::toString).toList())
        .field("condemned", one.condemned())
        .field("removed", one.removed())
        .field("refused", one.refused());
  }

  private static Row row(Backups.Pruned pruned) {
    return Row.of(
        Glyph.DONE,
        pruned.target(),
        "%s let go · %s to go in a day · %d gone%s"
            .formatted(
                Amounts.count(pruned.expired().size(), "backup", "backups"),
                Amounts.count(pruned.condemned(), "object", "objects"),
                pruned.removed(),
                pruned.refused() == 0 ? "" : " · " + pruned.refused() + " locked by the store"));
  }
}
