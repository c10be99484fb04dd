package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.SecretState;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code nanoctl secrets list}. */
@Command(
    name = "list",
    description = "Show which secrets there are, since when, never their values.")
public final class SecretsListCommand implements Runnable {
  private final Invocation invocation;
  private final Fleets fleets;

  /** Lists those of the instance that is meant. */
  public SecretsListCommand(Invocation invocation, Fleets fleets) {
    this.invocation = invocation;
    this.fleets = fleets;
  }

  @Override
  public void run() {
    List<SecretState> all = fleets.secrets(invocation.site());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.array(
              "secrets",
              all,
              (array, secret) ->
                  array.object(o ->
                      o.field("name", secret.name())
                          .field("present", secret.present())
                          .field("rotates", secret.rotates())
                          .field("since", secret.since().map(Object::toString).orElse(null)))));
    } else {
      output.rows(all.stream().map(SecretsListCommand::row).toList());
    }
  }

  private static Row row(SecretState secret) {
    String since =
        secret.since().map(at -> "since " + at.toString().substring(0, 10)).orElse("missing");
    return Row.of(
        secret.present() ? Glyph.WELL : Glyph.WARNING,
        secret.name(),
        since + (secret.rotates() ? " · can be rotated" : ""));
  }
}
