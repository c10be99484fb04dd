package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import picocli.CommandLine.Command;

/** {@code nanoctl migrate accept}. */
@Command(
    name = "accept",
    description = "Remove what the processes worked on before the move, for good.")
public final class MigrateAcceptCommand implements Runnable {
  private final Invocation invocation;
  private final Migrations migrations;

  /** Accepts the move of the instance that is meant. */
  public MigrateAcceptCommand(Invocation invocation, Migrations migrations) {
    this.invocation = invocation;
    this.migrations = migrations;
  }

  @Override
  public void run() {
    boolean removed = migrations.accept(invocation.site());
    invocation
        .output()
        .fact(
            json -> json.field("accepted", removed),
            Row.of(
                Glyph.DONE,
                removed ? "accepted" : "nothing to do",
                removed ? "the data from before are removed" : "nothing was set aside"));
  }
}
