package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.LiveLine;
import dev.nanoctl.cli.output.Output;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl drill run}. */
@Command(
    name = "run",
    description = {
      "Restore the newest backup beside the live site, and check what came back.",
      "It goes to a random moment in a PostgreSQL of its own; the server is started on it and asked.",
      "The live site is not touched."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:all is well", "3:something is not", "15:the repository cannot be opened"})
public final class DrillRunCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  private final Invocation invocation;
  private final Drills drills;

  @Option(
      names = "--from",
      paramLabel = "TARGET",
      description = "The target to restore from (default: the one drilled the longest ago).")
  private @Nullable String from;

  @Option(
      names = "--kit",
      paramLabel = "FILE",
      description = "Open the repository with this recovery kit, as on an empty machine.")
  private @Nullable Path kit;

  @Option(
      names = "--sampled",
      description = "Read few objects, and restore all there is instead of a random moment.")
  private boolean sampled;

  /** Drills with the instance that is meant. */
  public DrillRunCommand(Invocation invocation, Drills drills) {
    this.invocation = invocation;
    this.drills = drills;
  }

  @Override
  public Integer call() {
    var order = new Drills.Order(Optional.ofNullable(from), Optional.ofNullable(kit), sampled);
    Output output = invocation.output();
    Drills.Kept kept;
    var news = new AtomicReference<>("opening the repository");
    try (var live = new LiveLine(output)) {
      live.show(news::get);
      kept = drills.run(invocation.site(), order, news::set);
    }
    DrillRows.print(output, kept);
    return kept.report().ok() ? 0 : NOT_WELL;
  }
}
