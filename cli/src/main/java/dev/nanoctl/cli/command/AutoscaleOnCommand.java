package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl autoscale on}. */
@Command(
    name = "on",
    description = {
      "Let the agent start and end containers of the application, without a failed request.",
      "More start after two minutes of a load 5 points above the aim; one ends after five minutes",
      "of a load 10 points below it. What is not given stays as it was set last."
    })
public final class AutoscaleOnCommand implements Runnable {
  private final Invocation invocation;
  private final Operations operations;

  @Option(names = "--min", paramLabel = "N", description = "The fewest containers, 1 to 20.")
  private @Nullable Integer least;

  @Option(names = "--max", paramLabel = "N", description = "The most containers, up to 20.")
  private @Nullable Integer most;

  @Option(names = "--cpu", paramLabel = "PERCENT", description = "The load to aim at, 10 to 95.")
  private @Nullable Integer cpu;

  /** Switches it on for the instance that is meant. */
  public AutoscaleOnCommand(Invocation invocation, Operations operations) {
    this.invocation = invocation;
    this.operations = operations;
  }

  @Override
  public void run() {
    var values = new LinkedHashMap<String, String>();
    put(values, "max", most);
    put(values, "min", least);
    put(values, "cpu", cpu);
    values.put("enabled", "true");
    SiteConfig.Autoscale now = new AutoscaleKeys(invocation, operations).write(values);
    AutoscaleKeys.told(invocation.output(), now);
  }

  private static void put(Map<String, String> values, String key, @Nullable Integer value) {
    if (value != null) {
      values.put(key, Integer.toString(value));
    }
  }
}
