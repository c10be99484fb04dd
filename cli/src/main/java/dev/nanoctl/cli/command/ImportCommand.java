package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.ImportLines;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.server.importing.ImportSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nanoctl import PATH}. */
@Command(
    name = "import",
    description = {
      "Publish nanos in bulk, from an archive, a folder or packages.",
      "PATH is a .tar.gz or a folder of guides, a ZIP or an H5P package, or a folder of those.",
      "What was imported before is left alone; an import that was interrupted goes on."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:all that can be imported is; rejected entries are listed",
      "10:not installed",
      "130:interrupted; what was imported stays"
    })
public final class ImportCommand implements Runnable {
  private final Invocation invocation;
  private final Imports imports;
  private final InstantSource clock;

  @Parameters(paramLabel = "PATH", description = "A file or a folder.")
  private @Nullable Path path;

  @Option(
      names = "--as",
      paramLabel = "EMAIL",
      description = "The account they are published under (default: the first administrator).")
  private @Nullable String as;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Imports into the instance that is meant. */
  public ImportCommand(Invocation invocation, Imports imports, InstantSource clock) {
    this.invocation = invocation;
    this.imports = imports;
    this.clock = clock;
  }

  @Override
  public void run() {
    Path source = require(path);
    Optional<String> account = Optional.ofNullable(as).map(Emails::require);
    Output output = invocation.output();
    if (plan) {
      PlanLine.print(
          output, "import", "publish what is new in " + source + " as " + account.orElse("admin"));
      return;
    }
    Instant start = clock.instant();
    ImportSummary summary;
    try (var lines = new ImportLines(output, clock)) {
      summary = run(source, account, lines);
    }
    if (output.wishes().json()) {
      printJson(summary);
    } else {
      print(summary, Duration.between(start, clock.instant()));
    }
  }

  private ImportSummary run(Path source, Optional<String> account, ImportLines lines) {
    try {
      return imports.run(invocation.site(), source, account, lines);
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Interrupted) {
        throw new Problem.Interrupted(
                "NC-INTERRUPTED",
                "the import was interrupted; " + lines.soFar(),
                "run it again: it goes on where it stopped")
            .raise(e);
      }
      throw e;
    }
  }

  private static Path require(@Nullable Path path) {
    if (path == null || !Files.isReadable(path)) {
      throw new Problem.Usage(
              "NC-IMPORT-PATH",
              path + (path != null && Files.exists(path) ? " cannot be read" : " does not exist"),
              "give a file or a folder that this account can read")
          .raise();
    }
    return path;
  }

  private void print(ImportSummary summary, Duration took) {
    if (invocation.output().wishes().quiet()) {
      return;
    }
    int rejected = summary.rejected().size();
    String rest =
        Amounts.count(summary.unchanged(), "unchanged", "unchanged")
            + (rejected == 0 ? "" : " · " + Amounts.count(rejected, "rejected", "rejected"))
            + " · "
            + Amounts.time(took);
    Glyph glyph = rejected == 0 ? Glyph.DONE : Glyph.WARNING;
    invocation
        .output()
        .row(
            Row.of(glyph, "imported " + Amounts.count(summary.imported(), "nano", "nanos"), rest),
            0);
  }

  private void printJson(ImportSummary summary) {
    invocation
        .output()
        .json(json ->
            json.field("imported", summary.imported())
                .field("unchanged", summary.unchanged())
                .array(
                    "rejected",
                    summary.rejected(),
                    (array, rejection) ->
                        array.object(o ->
                            o.field("entry", rejection.entry())
                                .field("code", rejection.code())
                                .field("reason", rejection.reason()))));
  }
}
