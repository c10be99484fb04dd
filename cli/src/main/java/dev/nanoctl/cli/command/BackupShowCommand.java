package dev.nanoctl.cli.command;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nanoctl backup show}. */
@Command(
    name = "show",
    description = "Show what a backup holds.",
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:it can be read", "15:there is none, or it cannot be read"})
public final class BackupShowCommand implements Runnable {
  private final Invocation invocation;
  private final Backups backups;

  @Mixin private final OneTarget target = new OneTarget();

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The beginning of its id (default: the newest good one).")
  private @Nullable String id;

  /** Shows a backup of the instance that is meant. */
  public BackupShowCommand(Invocation invocation, Backups backups) {
    this.invocation = invocation;
    this.backups = backups;
  }

  /** What a snapshot has of one part. */
  private record Sum(int files, long bytes) {
    static Sum of(SnapshotManifest manifest, Part part) {
      List<SourceFile> files =
          manifest.files().stream()
              .filter(file -> file.part() == part)
              .map(SnapshotFile::source)
              .filter(file -> file.kind() == SourceFile.Kind.FILE)
              .toList();
      return new Sum(files.size(), files.stream().mapToLong(SourceFile::size).sum());
    }
  }

  @Override
  public void run() {
    Backups.Details details = backups.show(invocation.site(), target.name(), id == null ? "" : id);
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json -> members(json, details));
    } else {
      output.rows(rows(details));
    }
  }

  private static String name(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  private static void members(JsonWriter json, Backups.Details details) {
    SnapshotManifest manifest = details.manifest();
    BackupRows.members(json, details.backup());
    json.field("cut", manifest.cut());
    json.object(
        "parts",
        parts -> {
          for (Part part : Part.values()) {
            Sum sum = Sum.of(manifest, part);
            parts.object(
                name(part), o -> o.field("files", sum.files()).field("bytes", sum.bytes()));
          }
        });
    manifest
        .database()
        .ifPresent(cut ->
            json.object(
                "database",
                o ->
                    o.field("lineage", cut.lineage())
                        .field("timeline", cut.timeline())
                        .field("start", cut.start().toString())
                        .field("stop", cut.stop().toString())
                        .field("serverVersion", cut.serverVersion())));
    json.object("facts", facts -> new TreeMap<>(manifest.facts()).forEach(facts::field));
  }

  private static List<Row> rows(Backups.Details details) {
    SnapshotManifest manifest = details.manifest();
    var rows = new ArrayList<Row>();
    rows.add(BackupRows.row(details.backup()));
    rows.add(Row.of(Glyph.IDLE, "cut", BackupRows.time(manifest.cut())));
    for (Part part : Part.values()) {
      Sum sum = Sum.of(manifest, part);
      rows.add(
          Row.of(
              Glyph.IDLE,
              name(part),
              "%s · %s"
                  .formatted(
                      Amounts.count(sum.files(), "file", "files"), new ByteSize(sum.bytes()))));
    }
    manifest.database().ifPresent(cut -> rows.add(Row.of(Glyph.IDLE, "postgres", shown(cut))));
    return rows;
  }

  private static String shown(DatabaseCut cut) {
    return "%s · %s to %s on timeline %d"
        .formatted(cut.serverVersion(), cut.start(), cut.stop(), cut.timeline());
  }
}
