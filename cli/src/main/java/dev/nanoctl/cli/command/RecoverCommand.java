package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.InstallSummary;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import dev.nanoctl.core.Problem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nanoctl recover}. */
@Command(
    name = "recover",
    description = {
      "Rebuild a lost instance from its backups and the recovery kit.",
      "The machine needs nothing of it. Configuration, secrets, accounts and content are "
          + "what they were."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:recovered and running",
      "2:an option is wrong, or there is an instance already",
      "12:this machine is not fit; nothing was changed",
      "15:the repository cannot be read, or the kit does not open it",
      "17:failed or interrupted, and all that was done is undone"
    })
public final class RecoverCommand implements Runnable {
  private final Invocation invocation;
  private final Recoveries recoveries;

  @Option(
      names = "--kit",
      paramLabel = "FILE",
      required = true,
      description = "The recovery kit, or a file with the recovery key typed from it.")
  private @Nullable Path kit;

  @Option(
      names = "--from",
      paramLabel = "LOCATION",
      required = true,
      description = "Where the backups are: a directory, or s3://BUCKET/PREFIX.")
  private @Nullable String from;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--to",
      paramLabel = "TIME|LSN|BACKUP",
      description = "As for restore. Without it: all there is in the repository.")
  private @Nullable String to;

  @Option(
      names = "--no-systemd",
      description = "Run as a plain daemon even where systemd is the init system.")
  private boolean plainDaemon;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Recovers the instance that is meant. */
  public RecoverCommand(Invocation invocation, Recoveries recoveries) {
    this.invocation = invocation;
    this.recoveries = recoveries;
  }

  @Override
  public void run() {
    if (kit == null || from == null) {
      throw new Problem.Usage("NC-USAGE", "--kit and --from are needed", "nanoctl recover --help")
          .raise();
    }
    Backups.NewTarget where = place.target("--from", from, invocation.prompts(), "recover");
    var wish =
        new Recoveries.Wish(where, kit, Optional.ofNullable(to).orElse("newest"), !plainDaemon);
    Output output = invocation.output();
    if (plan) {
      StepLines.print(output, recoveries.plan(invocation.site(), wish));
      return;
    }
    InstallSummary summary;
    try (var steps = new StepLines(output, InstantSource.system())) {
      summary = recoveries.recover(invocation.site(), wish, steps);
    }
    output.fact(
        json -> json.field("done", "recover").field("url", summary.url().toString()),
        new Row(
            Glyph.DONE,
            "recovered",
            "open " + summary.url(),
            invocation.command("status") + "; accounts and passwords are those of then"));
  }
}
