package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.ByteSize;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code nanoctl backup target list}. */
@Command(name = "list", description = "Show the places where backups are kept.")
public final class BackupTargetListCommand implements Runnable {
  private final Invocation invocation;

  /** Lists the targets of the instance that is meant. */
  public BackupTargetListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void run() {
    List<Target> targets = invocation.configFile().load().backup().targets();
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.array(
              "targets",
              targets,
              (array, target) ->
                  array.object(o -> {
                    o.field("name", target.name()).field("place", target.place().shown());
                    target.bandwidth().ifPresent(size -> o.field("bandwidth", size.bytes()));
                  })));
    } else if (targets.isEmpty()) {
      output.remark(
          "backups are kept nowhere; " + invocation.command("backup target add LOCATION"));
    } else {
      output.rows(targets.stream().map(BackupTargetListCommand::row).toList());
    }
  }

  private static Row row(Target target) {
    return Row.of(
        Glyph.IDLE,
        target.name(),
        target.place().shown()
            + target.bandwidth().map(size -> " · at most " + perSecond(size)).orElse(""));
  }

  private static String perSecond(ByteSize size) {
    return size + " a second";
  }
}
