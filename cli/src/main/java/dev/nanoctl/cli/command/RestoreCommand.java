package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl restore …}. */
@Command(
    name = "restore",
    description = {
      "Bring the data back as they were, from a backup and the log since.",
      "They are restored beside the live ones, checked, and switched in; what was live is kept",
      "until restore accept, and restore undo puts it back. Configuration and secrets stay as",
      "they are unless --with-config is given."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:restored and running",
      "2:there is nothing like that to restore to",
      "3:log that is needed is missing; nothing was changed",
      "15:the repository cannot be read",
      "17:failed or interrupted, and all that was done is undone"
    },
    subcommands = {RestoreAcceptCommand.class, RestoreUndoCommand.class})
public final class RestoreCommand implements Runnable {
  private final Invocation invocation;
  private final Restores restores;

  @Option(
      names = "--to",
      paramLabel = "TIME|LSN|BACKUP",
      description = {
        "A time (2026-11-22 14:30), a position in the log (0/3000060) or the first eight",
        "characters of a backup's id. Without it: all there is in the repository."
      })
  private @Nullable String to;

  @Option(
      names = "--from",
      paramLabel = "TARGET",
      description = "The target to restore from (default: the first that can bring that back).")
  private @Nullable String from;

  @Option(
      names = "--with-config",
      description = "Restore configuration and secrets, too, as they were at that backup.")
  private boolean config;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  /** Restores the instance that is meant. */
  public RestoreCommand(Invocation invocation, Restores restores) {
    this.invocation = invocation;
    this.restores = restores;
  }

  @Override
  public void run() {
    var wish = new Restores.Wish(to == null ? "newest" : to, Optional.ofNullable(from), config);
    Restores.Preview preview = restores.preview(invocation.site(), wish);
    Restores.Beginning backup = preview.backup();
    Output output = invocation.output();
    if (plan) {
      print(output, preview);
      return;
    }
    preview.remark().ifPresent(remark -> output.row(remark(remark), 0));
    confirm(preview);
    try (var steps = new StepLines(output, InstantSource.system())) {
      var chosen = new Restores.Wish(wish.to(), Optional.of(backup.target()), config);
      restores.restore(invocation.site(), chosen, steps);
    }
    output.fact(
        json -> json.field("done", "restore").field("backup", backup.id()),
        new Row(
            Glyph.DONE,
            "restored",
            "what was live is kept",
            invocation.command("restore accept") + ", or restore undo"));
  }

  private static Row remark(String text) {
    return Row.of(Glyph.IDLE, "note", text);
  }

  private static void print(Output output, Restores.Preview preview) {
    if (output.wishes().json()) {
      output.json(json -> {
        preview.remark().ifPresent(remark -> json.field("remark", remark));
        json.field("verb", preview.steps().verb())
            .field("target", preview.backup().target())
            .field("backup", preview.backup().id())
            .field("cut", preview.backup().cut())
            .field("bytes", preview.bytes())
            .field("seconds", preview.roughly().toSeconds())
            .texts("log", preview.log())
            .texts("plan", preview.steps().names());
      });
      return;
    }
    preview.remark().ifPresent(remark -> output.row(remark(remark), 0));
    output.pairs(
        List.of(
            List.of("backup", preview.backup().id() + ", of " + preview.backup().cut()),
            List.of("target", preview.backup().target()),
            List.of("log", log(preview.log())),
            List.of("fetches", preview.bytes() / 1_000_000 + " MB at most"),
            List.of("takes", "about " + Amounts.time(preview.roughly()))));
    output.gap();
    StepLines.print(output, preview.steps());
  }

  private static String log(List<String> names) {
    String count = Amounts.count(names.size(), "segment", "segments");
    return names.isEmpty() ? count : count + ": " + String.join(" ", names);
  }

  private void confirm(Restores.Preview preview) {
    if (!yes) {
      invocation
          .prompts()
          .agree(
              "Switch in the data from the backup of %s? What is live now is kept."
                  .formatted(preview.backup().cut()),
              new Prompts.Refusal(
                  "restore asks before it switches data",
                  invocation.command("restore --yes"),
                  "nothing was restored",
                  "nanoctl restore --plan shows what would be done"));
    }
  }
}
