package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.site.ByteSize;
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
      "One that is damaged is marked and lets no good one expire."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:it is whole",
      "3:it is damaged",
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
    Backups.Verified verified =
        backups.verify(invocation.site(), target.name(), id == null ? "" : id);
    boolean whole = verified.damage().isEmpty();
    invocation
        .output()
        .fact(
            json -> {
              BackupRows.members(json, verified.backup());
              json.field("ok", whole)
                  .field("bytes", verified.bytes())
                  .field("damage", verified.damage().orElse(null));
            },
            new Row(
                whole ? Glyph.DONE : Glyph.BROKEN,
                BackupRows.shortId(verified.backup().id()),
                verified.damage().orElseGet(() -> new ByteSize(verified.bytes()) + " are whole"),
                whole ? "" : invocation.command("backup create")));
    return whole ? 0 : NOT_WELL;
  }
}
