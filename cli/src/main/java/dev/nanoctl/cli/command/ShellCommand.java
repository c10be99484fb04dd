package dev.nanoctl.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nanoctl shell}. */
@Command(
    name = "shell",
    description = "Type commands at a prompt with completion and history; Ctrl-D ends it.")
public final class ShellCommand implements Runnable {
  /** Reads and runs commands until the input ends. */
  public interface Loop {
    /** The commands that can be typed are those of the program. */
    void run(CommandSpec program);
  }

  private final Loop loop;

  @Spec private @Nullable CommandSpec spec;

  /** Runs that loop. */
  public ShellCommand(Loop loop) {
    this.loop = loop;
  }

  @Override
  public void run() {
    if (spec != null) {
      loop.run(spec.root());
    }
  }
}
