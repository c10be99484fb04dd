package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl audit …}. */
@Command(
    name = "audit",
    description = "Check the audit log.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AuditVerifyCommand.class)
public final class AuditCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw ConfigCommand.missingCommand(spec);
  }
}
