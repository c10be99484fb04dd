package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl search …}. */
@Command(
    name = "search",
    description = "Look after the search index.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SearchReindexCommand.class)
public final class SearchCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
