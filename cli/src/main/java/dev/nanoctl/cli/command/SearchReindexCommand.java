package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl search reindex}. */
@Command(
    name = "reindex",
    description = "Build the search index anew from the database; searches go on meanwhile.")
public final class SearchReindexCommand implements Runnable {
  private final Invocation invocation;
  private final Upkeep upkeep;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Reindexes the instance that is meant. */
  public SearchReindexCommand(Invocation invocation, Upkeep upkeep) {
    this.invocation = invocation;
    this.upkeep = upkeep;
  }

  @Override
  public void run() {
    Output output = invocation.output();
    if (plan) {
      PlanLine.print(
          output, "search reindex", "build the search index anew, beside the present one");
      return;
    }
    long indexed =
        Counted.run(output, "indexing", counter -> upkeep.reindex(invocation.site(), counter));
    output.fact(
        json -> json.field("indexed", indexed),
        Row.of(Glyph.DONE, "indexed", Amounts.count(indexed, "nano", "nanos")));
  }
}
