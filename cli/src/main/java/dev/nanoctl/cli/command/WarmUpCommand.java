package dev.nanoctl.cli.command;

import picocli.CommandLine.Command;

/** {@code nanoctl warm-up}: called where the program is installed, so that Java remembers a run. */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Start a server once, on a database that is thrown away, and end.")
public final class WarmUpCommand implements Runnable {
  /** What is started. */
  public interface WarmUp {
    /** Starts everything a server needs, asks it for its usual answers, and ends it again. */
    void run();
  }

  private final WarmUp warmUp;

  /** Starts that. */
  public WarmUpCommand(WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  @Override
  public void run() {
    warmUp.run();
  }
}
