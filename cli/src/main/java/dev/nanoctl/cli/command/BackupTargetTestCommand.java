package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nanoctl backup target test}. */
@Command(
    name = "test",
    description = {
      "Try a target, and see that it is the repository of this instance.",
      "A small object is written, read, listed and removed."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:it does what backups need",
      "14:it does not answer",
      "15:it refuses, or is not the repository of this instance"
    })
public final class BackupTargetTestCommand implements Runnable {
  private final Invocation invocation;
  private final Backups backups;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "first (default) or second.")
  private @Nullable String name;

  /** Tries a target of the instance that is meant. */
  public BackupTargetTestCommand(Invocation invocation, Backups backups) {
    this.invocation = invocation;
    this.backups = backups;
  }

  @Override
  public void run() {
    String target = name == null ? "first" : name;
    List<String> remarks = backups.testTarget(invocation.site(), Optional.of(target));
    Output output = invocation.output();
    output.fact(
        json -> json.field("name", target).field("ok", true).texts("remarks", remarks),
        Row.of(Glyph.WELL, target, "does what backups need"));
    if (!output.wishes().json() && !output.wishes().quiet()) {
      remarks.forEach(remark -> output.row(Row.of(Glyph.WARNING, "note", remark), 0));
    }
  }
}
