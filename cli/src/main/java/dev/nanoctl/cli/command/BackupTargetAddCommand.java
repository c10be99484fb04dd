package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nanoctl backup target add LOCATION}. */
@Command(
    name = "add",
    description = {
      "Keep backups at another place from now on. The place is tried first. A recovery kit is made",
      "and shown once: print it, and keep it away from this machine."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:backups are kept there from now on",
      "2:the place cannot be meant, or there are two already",
      "14:the place or the database does not answer",
      "15:the place does not do what backups need, or holds a repository already"
    })
public final class BackupTargetAddCommand implements Runnable {
  private final Invocation invocation;
  private final Backups backups;
  private final Operations operations;

  @Parameters(
      index = "0",
      paramLabel = "LOCATION",
      description = "A directory such as /mnt/backup, or s3://BUCKET/PREFIX.")
  private @Nullable String location;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--kit",
      paramLabel = "FILE",
      description = "Write the recovery kit there instead of showing it; .html makes a page.")
  private @Nullable Path kit;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  /** Adds a target to the instance that is meant. */
  public BackupTargetAddCommand(Invocation invocation, Backups backups, Operations operations) {
    this.invocation = invocation;
    this.backups = backups;
    this.operations = operations;
  }

  @Override
  public void run() {
    Output output = invocation.output();
    if (location == null) {
      throw new IllegalStateException("not parsed");
    }
    Backups.NewTarget wanted =
        place.target("LOCATION", location, invocation.prompts(), "backup target add");
    if (kit == null && (output.wishes().json() || output.wishes().quiet())) {
      throw usage("the recovery kit is shown once: --kit FILE says where it goes");
    }
    if (plan) {
      PlanLine.print(output, "backup target add", "make a repository at " + wanted.location());
      return;
    }
    Optional<KitFile> file = Optional.ofNullable(kit).map(KitFile::reserve);
    operations.exclusively(
        invocation.site(),
        "backup target add",
        () -> told(output, backups.addTarget(invocation.site(), wanted), file));
  }

  private void told(Output output, Backups.Added added, Optional<KitFile> file) {
    file.ifPresent(to -> to.write(added.kit()));
    output.fact(
        json ->
            json.field("name", added.name())
                .field("place", added.place())
                .texts("remarks", added.remarks())
                .field("kit", String.valueOf(kit)),
        new Row(
            Glyph.DONE,
            added.name(),
            "backups are kept at " + added.place(),
            invocation.command("backup create")));
    if (output.wishes().json() || output.wishes().quiet()) {
      return;
    }
    added.remarks().forEach(remark -> output.row(Row.of(Glyph.WARNING, "note", remark), 0));
    if (file.isPresent()) {
      output.row(Row.of(Glyph.DONE, "kit", kit + "; print it and keep it elsewhere"), 0);
    } else {
      output.gap();
      output.script(added.kit().text().value());
    }
  }

  private static RuntimeException usage(String message) {
    return new Problem.Usage("NC-USAGE", message, "nanoctl backup target add --help").raise();
  }
}
