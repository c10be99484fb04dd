package dev.nanoctl.cli.command;

import dev.nanoctl.cli.completion.CompletionScripts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nanoctl completion bash|zsh|fish}. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options.",
      "For example: nanoctl completion bash > /etc/bash_completion.d/nanoctl"
    })
public final class CompletionCommand implements Runnable {
  /** The shells there are scripts for. */
  public enum Target {
    /** GNU Bash. */
    bash,
    /** Z shell. */
    zsh,
    /** fish. */
    fish
  }

  private final Invocation invocation;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private @Nullable Target target;

  @Spec private @Nullable CommandSpec spec;

  /** Prints there. */
  public CompletionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void run() {
    if (spec == null || target == null) {
      throw new IllegalStateException("not parsed");
    }
    var scripts = new CompletionScripts(spec.root());
    String script =
        switch (target) {
          case bash -> scripts.bash();
          case zsh -> scripts.zsh();
          case fish -> scripts.fish();
        };
    invocation.output().script(script);
  }
}
