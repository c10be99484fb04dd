package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.SiteKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(names = "--endpoint", paramLabel = "URL", description = "The S3 endpoint of a bucket.")
  private @Nullable String endpoint;

  @Option(names = "--region", paramLabel = "NAME", description = "What it calls its region.")
  private @Nullable String region;

  @Option(
      names = "--host-style",
      description = "The bucket is a part of the host's name, not of the path.")
  private boolean hostStyle;

  @Option(
      names = "--bandwidth",
      paramLabel = "SIZE",
      description = "The most that is transferred in a second, such as \"2 MB\".")
  private @Nullable String bandwidth;

  @Option(
      names = "--access-key-file",
      paramLabel = "FILE",
      description = "Holds the name of the bucket's account (default: asked for).")
  private @Nullable Path accessFile;

  @Option(
      names = "--secret-key-file",
      paramLabel = "FILE",
      description = "Holds that account's secret (default: asked for).")
  private @Nullable Path secretFile;

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
    String place = checked("backup.first.location", "LOCATION", location);
    boolean bucket = place.startsWith("s3://");
    if (bucket && endpoint == null) {
      throw usage("a bucket needs --endpoint");
    }
    if (kit == null && (output.wishes().json() || output.wishes().quiet())) {
      throw usage("the recovery kit is shown once: --kit FILE says where it goes");
    }
    if (plan) {
      PlanLine.print(output, "backup target add", "make a repository at " + place);
      return;
    }
    Optional<KitFile> file = Optional.ofNullable(kit).map(KitFile::reserve);
    var wanted =
        new Backups.NewTarget(
            place,
            optional("backup.first.endpoint", "--endpoint", endpoint),
            optional("backup.first.region", "--region", region),
            hostStyle,
            optional("backup.first.bandwidth", "--bandwidth", bandwidth),
            bucket ? Optional.of(account()) : Optional.empty());
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

  private Backups.Account account() {
    String access = secret(accessFile, "--access-key-file", "access key");
    String secret = secret(secretFile, "--secret-key-file", "secret key");
    return new Backups.Account(access, new Secret(secret));
  }

  private String secret(@Nullable Path file, String option, String what) {
    if (file == null) {
      if (!invocation.prompts().possible()) {
        throw usage("a bucket needs " + option);
      }
      return invocation.prompts().askHidden(what);
    }
    try {
      String text = Files.readString(file).strip();
      if (!text.isEmpty() && text.lines().count() == 1) {
        return text;
      }
    } catch (IOException e) {
      throw usage("%s %s cannot be read".formatted(option, file));
    }
    throw usage("%s %s does not hold one line".formatted(option, file));
  }

  private static Optional<String> optional(String key, String option, @Nullable String value) {
    return Optional.ofNullable(value).map(text -> checked(key, option, text));
  }

  private static String checked(String key, String option, String value) {
    ConfigKey<?> known = SiteKeys.named(key).orElseThrow();
    Optional<String> allowed = value.isEmpty() ? Optional.of(known.allowed()) : known.refuse(value);
    if (allowed.isPresent()) {
      throw usage(option + " cannot be \"" + value + "\"; allowed: " + allowed.get());
    }
    return value;
  }

  private static RuntimeException usage(String message) {
    return new Problem.Usage("NC-USAGE", message, "nanoctl backup target add --help").raise();
  }
}
