package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import picocli.CommandLine.Command;

/** {@code nanoctl restore accept}. */
@Command(name = "accept", description = "Remove what was live before the last restore, for good.")
public final class RestoreAcceptCommand implements Runnable {
  private final Invocation invocation;
  private final Restores restores;

  /** Accepts the last restore of the instance that is meant. */
  public RestoreAcceptCommand(Invocation invocation, Restores restores) {
    this.invocation = invocation;
    this.restores = restores;
  }

  @Override
  public void run() {
    boolean removed = restores.accept(invocation.site());
    invocation
        .output()
        .fact(
            json -> json.field("accepted", removed),
            Row.of(
                Glyph.DONE,
                removed ? "accepted" : "nothing to do",
                removed ? "the data from before are removed" : "no restore waits"));
  }
}
