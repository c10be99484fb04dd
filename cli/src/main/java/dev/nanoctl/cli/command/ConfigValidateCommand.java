package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.site.ConfigCheck;
import dev.nanoctl.core.site.ConfigError;
import dev.nanoctl.core.site.SiteConfigFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nanoctl config validate}. */
@Command(name = "validate", description = "Check nanoctl.yml and report every error at once.")
public final class ConfigValidateCommand implements Callable<Integer> {
  private static final int INVALID = 13;

  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Another file instead of the instance's own.")
  private @Nullable Path other;

  /** Checks the configuration of the instance that is meant. */
  public ConfigValidateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    SiteConfigFile file = other == null ? invocation.configFile() : new SiteConfigFile(other);
    List<ConfigError> errors =
        switch (file.text().check()) {
          case ConfigCheck.Valid _ -> List.of();
          case ConfigCheck.Invalid(List<ConfigError> found) -> found;
        };
    Output output = invocation.output();
    if (output.wishes().json()) {
      printJson(file, errors);
    } else if (errors.isEmpty()) {
      output.row(Row.of(Glyph.WELL, file.path().toString(), "valid"), 0);
    } else {
      throw file.invalid(errors).raise();
    }
    return errors.isEmpty() ? 0 : INVALID;
  }

  private void printJson(SiteConfigFile file, List<ConfigError> errors) {
    invocation
        .output()
        .json(json ->
            json.field("path", file.path().toString())
                .field("valid", errors.isEmpty())
                .array(
                    "errors",
                    errors,
                    (array, error) ->
                        array.object(o ->
                            o.field("key", error.key())
                                .field("line", error.line())
                                .field("message", error.message()))));
  }
}
