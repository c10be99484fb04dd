package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.cli.output.Output;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl status}. */
@Command(
    name = "status",
    description = "Show in one screen how the instance is.",
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:healthy", "3:not healthy", "10:not installed"})
public final class StatusCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Invocation invocation;
  private final Engine engine;
  private final Backups backups;
  private final InstantSource clock;

  @Option(names = "--watch", description = "Show it again every two seconds until Ctrl-C.")
  private boolean watch;

  /** Shows the instance that is meant. */
  public StatusCommand(Invocation invocation, Engine engine, Backups backups, InstantSource clock) {
    this.invocation = invocation;
    this.engine = engine;
    this.backups = backups;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    int status = show();
    while (watch) {
      Thread.sleep(PAUSE);
      status = show();
    }
    return status;
  }

  private int show() {
    Output output = invocation.output();
    StatusReport report = engine.status(invocation.site());
    var view =
        new StatusView(
            report,
            backups.health(invocation.site()),
            invocation.configFile().load(),
            clock.instant());
    if (watch) {
      output.clearScreen();
    }
    if (output.wishes().json()) {
      output.json(view::members);
    } else if (!output.wishes().quiet()) {
      view.print(output);
    }
    return view.healthy() ? 0 : NOT_WELL;
  }
}
