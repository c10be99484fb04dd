package dev.nanoctl.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nanoctl secrets rotate}. */
@Command(
    name = "rotate",
    description = {
      "Give secrets new values.",
      "Old and new value are valid together until every container has the new one, so that no"
          + " request fails. An instance without containers starts its server anew, which takes a"
          + " few seconds."
    })
public final class SecretsRotateCommand extends FleetCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Which; without a name all that can be rotated.")
  private @Nullable List<String> names;

  /** Rotates those of the instance that is meant. */
  public SecretsRotateCommand(Invocation invocation, Fleets fleets) {
    super(invocation, fleets);
  }

  @Override
  Fleets.Wish wish() {
    return new Fleets.Wish.Rotate(names == null ? List.of() : names);
  }

  @Override
  String done() {
    return "rotated";
  }
}
