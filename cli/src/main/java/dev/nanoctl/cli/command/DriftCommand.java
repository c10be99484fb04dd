package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.site.SiteFolder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code nanoctl drift}. */
@Command(
    name = "drift",
    description = "List rendered files that someone changed by hand; they are never overwritten.",
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:no file was changed", "3:files were changed"})
public final class DriftCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  /** Compares rendered files with what was rendered. */
  public interface Drift {
    /** The files that differ, as paths below the site's folder. */
    List<String> changed(SiteFolder site);
  }

  private final Invocation invocation;
  private final Drift drift;

  /** Looks at the instance that is meant. */
  public DriftCommand(Invocation invocation, Drift drift) {
    this.invocation = invocation;
    this.drift = drift;
  }

  @Override
  public Integer call() {
    List<String> changed = drift.changed(invocation.site());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json -> json.texts("changed", changed));
    } else if (changed.isEmpty()) {
      output.row(Row.of(Glyph.WELL, "rendered files", "as nanoctl wrote them"), 0);
    } else {
      output.rows(
          changed.stream()
              .map(file ->
                  new Row(
                      Glyph.WARNING,
                      file,
                      "changed by hand; kept as it is",
                      "move your settings to nanoctl.yml, delete the file, "
                          + invocation.command("restart")))
              .toList());
    }
    return changed.isEmpty() ? 0 : NOT_WELL;
  }
}
