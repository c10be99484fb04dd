package dev.nanoctl.cli.restore;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RestorePlan;
import dev.nanoctl.backup.restore.RestoreTarget;
import dev.nanoctl.backup.wire.TimelineHistory;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the restored database has to be when it opens, noted with the fetched files.
 *
 * @param backup the id of the backup
 * @param systemId of the cluster
 * @param timeline that it leaves for one of its own
 * @param required how far its log has to have been replayed
 */
record Planned(String backup, long systemId, int timeline, LogPosition required) {
  static Planned of(Recovery recovery) {
    DatabaseCut cut = recovery.snapshot().manifest().database().orElseThrow();
    return new Planned(
        recovery.snapshot().manifest().id().toString(),
        cut.systemId(),
        recovery.plan().history().timeline(),
        recovery.plan().required());
  }

  static Planned load(Path file) throws IOException {
    JsonObject json = Json.parseObject(Files.readAllBytes(file));
    return new Planned(
        json.text("backup").orElseThrow(),
        Long.parseUnsignedLong(json.text("system_id").orElseThrow()),
        Math.toIntExact(json.integer("timeline").orElseThrow()),
        LogPosition.parse(json.text("required").orElseThrow()));
  }

  void save(Path file) throws IOException {
    JsonObject json =
        JsonObject.builder()
            .put("backup", backup)
            .put("system_id", Long.toUnsignedString(systemId))
            .put("timeline", timeline)
            .put("required", required.toString())
            .build();
    DurableFile.write(file, Json.text(json).getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  /** The plan as far as its result is checked against it. */
  RestorePlan toCheck() {
    return new RestorePlan(
        List.of(), TimelineHistory.none(timeline), new RestoreTarget.Newest(), required, required);
  }
}
