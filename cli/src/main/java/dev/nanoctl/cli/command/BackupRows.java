package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import java.time.Instant;
import java.util.UUID;

/** How backups are shown. */
final class BackupRows {
  private static final int SHORT = 8;
  private static final int MINUTES = 16;

  private BackupRows() {}

  /** Enough of an id to tell backups apart. */
  static String shortId(UUID id) {
    return id.toString().substring(0, SHORT);
  }

  static String time(Instant instant) {
    return instant.toString().substring(0, MINUTES).replace('T', ' ') + " UTC";
  }

  static Row row(Backups.Kept kept) {
    return new Row(
        kept.failed() ? Glyph.BROKEN : Glyph.WELL,
        shortId(kept.id()),
        "%s · %s%s".formatted(time(kept.at()), kept.target(), kept.drilled() ? " · drilled" : ""),
        kept.failed() ? "damaged" : "");
  }

  static void members(JsonWriter json, Backups.Kept kept) {
    json.field("target", kept.target())
        .field("id", kept.id())
        .field("at", kept.at())
        .field("drilled", kept.drilled())
        .field("failed", kept.failed());
  }
}
