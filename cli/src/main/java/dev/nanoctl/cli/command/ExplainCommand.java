package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Output;
import dev.nanoctl.core.Closest;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.explain.Explanation;
import dev.nanoctl.core.explain.Explanations;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nanoctl explain CODE}. */
@Command(
    name = "explain",
    description = "Explain an error code: its cause, its consequence, and what to do.")
public final class ExplainCommand implements Runnable {
  private final Invocation invocation;
  private final Explanations explanations;

  @Parameters(
      arity = "0..1",
      paramLabel = "CODE",
      description = "Such as NC-PORT-IN-USE or ZIP_BOMB; without it all codes are listed.")
  private @Nullable String code;

  /** Looks codes up there. */
  public ExplainCommand(Invocation invocation, Explanations explanations) {
    this.invocation = invocation;
    this.explanations = explanations;
  }

  @Override
  public void run() {
    if (code == null) {
      list();
    } else {
      explain(code.toUpperCase(Locale.ROOT));
    }
  }

  private void list() {
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json -> json.texts("codes", explanations.codes()));
    } else {
      output.pairs(explanations.list().stream().map(e -> List.of(e.code(), e.summary())).toList());
    }
  }

  private void explain(String wanted) {
    Explanation found =
        explanations
            .find(wanted)
            .or(() -> explanations.find("NC-" + wanted))
            .orElseThrow(() -> unknown(wanted).raise());
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.field("code", found.code())
              .field("summary", found.summary())
              .field("cause", found.cause())
              .field("consequence", found.consequence())
              .field("fix", found.fix()));
      return;
    }
    output.heading(found.code() + ": " + found.summary());
    output.gap();
    output.pairs(
        List.of(
            List.of("cause", found.cause()),
            List.of("consequence", found.consequence()),
            List.of("fix", found.fix())));
  }

  private Problem unknown(String wanted) {
    return new Problem.Usage(
        "NC-CODE-UNKNOWN",
        "there is no error code " + wanted,
        Closest.to(wanted, explanations.codes())
            .map(near -> "did you mean: nanoctl explain " + near)
            .orElse("nanoctl explain lists all codes"));
  }
}
