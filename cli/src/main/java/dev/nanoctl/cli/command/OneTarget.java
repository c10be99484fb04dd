package dev.nanoctl.cli.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that chooses one of an instance's targets. */
final class OneTarget {
  @Option(
      names = "--target",
      paramLabel = "NAME",
      description = "Only this one: first or second (default: each there is).")
  private @Nullable String name;

  Optional<String> name() {
    return Optional.ofNullable(name);
  }
}
