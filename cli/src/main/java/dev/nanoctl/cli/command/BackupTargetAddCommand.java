package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Output;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nanoctl backup target add LOCATION}. */
@Command(
    name = "add",
    description = {
      "Keep backups at another place from now on.",
      "The place is tried first. A recovery kit is made and shown once: print it, and keep "
          + "it away from this machine."
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
    var entry = TargetEntry.of(invocation, wanted, kit, "backup target add");
    if (plan) {
      PlanLine.print(output, "backup target add", "make a repository at " + wanted.location());
      return;
    }
    operations.exclusively(
        invocation.site(), "backup target add", () -> tell(entry, entry.add(backups)));
  }

  private void tell(TargetEntry entry, Backups.Added added) {
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.field("name", added.name())
              .field("place", added.place())
              .texts("remarks", added.remarks())
              .field("kit", String.valueOf(kit)));
    } else {
      entry.tell(added);
    }
  }
}
