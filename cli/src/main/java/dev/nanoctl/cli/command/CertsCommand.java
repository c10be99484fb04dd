package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl certs …}. */
@Command(
    name = "certs",
    description = "Look after the certificate that browsers are shown.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CertsStatusCommand.class, CertsRenewCommand.class, CertsImportCommand.class})
public final class CertsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
