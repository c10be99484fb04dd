package dev.nanoctl.cli.command;

import java.util.Map;
import picocli.CommandLine.Command;

/** {@code nanoctl autoscale off}. */
@Command(
    name = "off",
    description = "Keep the number of application containers as it is; nanoctl scale changes it.")
public final class AutoscaleOffCommand implements Runnable {
  private final Invocation invocation;
  private final Operations operations;

  /** Switches it off for the instance that is meant. */
  public AutoscaleOffCommand(Invocation invocation, Operations operations) {
    this.invocation = invocation;
    this.operations = operations;
  }

  @Override
  public void run() {
    AutoscaleKeys.told(
        invocation.output(),
        new AutoscaleKeys(invocation, operations).write(Map.of("enabled", "false")));
  }
}
