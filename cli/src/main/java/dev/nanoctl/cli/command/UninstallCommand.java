package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl uninstall}. */
@Command(
    name = "uninstall",
    description = {
      "Stop and remove the instance; its data stays.",
      "Database, packages, configuration and secrets are kept, so that a later install finds",
      "them; --purge removes them, too."
    })
public final class UninstallCommand implements Runnable {
  private final Invocation invocation;
  private final Engine engine;

  @Option(names = "--purge", description = "Remove all data, for good.")
  private boolean purge;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Removes the instance that is meant. */
  public UninstallCommand(Invocation invocation, Engine engine) {
    this.invocation = invocation;
    this.engine = engine;
  }

  @Override
  public void run() {
    Output output = invocation.output();
    Plan steps = engine.planUninstall(invocation.site(), purge);
    // asked now, as nobody knows it any more afterwards
    Optional<String> foreign =
        Instance.find(invocation.site())
            .flatMap(Instance::external)
            .map(SiteConfig.ExternalDatabase::shown);
    if (plan) {
      StepLines.print(output, steps);
      foreign.ifPresent(this::tellKept);
      return;
    }
    confirm(foreign);
    List<Problem> warnings;
    try (var lines = new StepLines(output, InstantSource.system())) {
      engine.uninstall(invocation.site(), purge, lines);
      warnings = lines.warnings();
    }
    if (output.wishes().json()) {
      output.json(json -> {
        json.field("removed", true).field("purged", purge);
        foreign.ifPresent(database -> json.field("keptDatabase", database));
        if (!warnings.isEmpty()) {
          json.array("warnings", warnings, StatusView::problem);
        }
      });
    } else if (!output.wishes().quiet()) {
      String kept = purge ? "nothing is left" : "the data stays in " + invocation.site().root();
      output.row(Row.of(Glyph.DONE, "removed", kept), 0);
      foreign.ifPresent(this::tellKept);
    }
  }

  private void tellKept(String database) {
    invocation
        .output()
        .row(
            Row.of(
                Glyph.IDLE, "database", database + " stays as it is: whoever runs it may drop it"),
            0);
  }

  private void confirm(Optional<String> foreign) {
    if (yes) {
      return;
    }
    String what =
        purge
            ? "Remove the instance in "
                + invocation.site().root()
                + foreign
                    .map(database ->
                        " with its packages and secrets, for good? " + database + " stays.")
                    .orElse(" with all its data, for good?")
            : "Remove the instance in " + invocation.site().root() + "? Its data stays.";
    invocation
        .prompts()
        .agree(
            what,
            new Prompts.Refusal(
                "uninstall asks before it removes something",
                "nanoctl uninstall --yes" + (purge ? " --purge" : ""),
                "nothing was removed",
                "nanoctl uninstall --plan shows what would be"));
  }
}
