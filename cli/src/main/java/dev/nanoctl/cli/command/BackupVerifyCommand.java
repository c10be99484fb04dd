package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.ByteSize;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nanoctl backup verify}. */
@Command(
    name = "verify",
    description = {
      "Read a backup back, every byte of it and the log that it needs.",
      "Without an id that is the newest good one at each target.",
      "One that is damaged is marked and lets no good one expire."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:it is whole",
      "3:it is damaged, or one target does not answer",
      "11:another backup command is at work",
      "14:the target does not answer"
    })
public final class BackupVerifyCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  private final Invocation invocation;
  private final Backups backups;

  @Mixin private final OneTarget target = new OneTarget();

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The beginning of its id (default: the newest good one).")
  private @Nullable String id;

  /** Verifies a backup of the instance that is meant. */
  public BackupVerifyCommand(Invocation invocation, Backups backups) {
    this.invocation = invocation;
    this.backups = backups;
  }

  @Override
  public Integer call() {
    Output output = invocation.output();
    Each<Backups.Verified> each = verify(output);
    List<Backups.Verified> verified = each.done();
    if (output.wishes().json()) {
      output.json(json -> {
        members(
            json,
            verified.stream().filter(one -> !whole(one)).findFirst().orElse(verified.getFirst()));
        json.array("targets", verified, (array, one) -> array.object(o -> members(o, one)));
        each.members(json);
      });
    } else if (!output.wishes().quiet()) {
      output.rows(verified.stream().map(this::row).toList());
      each.rows(output);
    }
    return verified.stream().allMatch(BackupVerifyCommand::whole) ? each.status() : NOT_WELL;
  }

  private Each<Backups.Verified> verify(Output output) {
    try (var shown = new BackupProgress(output, "reading back")) {
      return backups.verify(invocation.site(), target.name(), id == null ? "" : id, shown);
    }
  }

  private static boolean whole(Backups.Verified verified) {
    return verified.damage().isEmpty();
  }

  private static void members(JsonWriter json, Backups.Verified verified) {
    BackupRows.members(json, verified.backup());
    json.field("ok", whole(verified))
        .field("bytes", verified.bytes())
        .field("damage", verified.damage().orElse(null));
  }

  private Row row(Backups.Verified verified) {
    return new Row(
        whole(verified) ? Glyph.DONE : Glyph.BROKEN,
        BackupRows.shortId(verified.backup().id()),
        "%s · %s"
            .formatted(
                verified.damage().orElseGet(() -> new ByteSize(verified.bytes()) + " are whole"),
                verified.backup().target()),
        whole(verified) ? "" : invocation.command("backup create"));
  }
}
