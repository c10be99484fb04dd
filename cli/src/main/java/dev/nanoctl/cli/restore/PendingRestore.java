package dev.nanoctl.cli.restore;

import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A restore that was switched in and neither accepted nor undone.
 *
 * @param at when it was switched in
 * @param to what it was restored to, as it was asked for
 * @param backup the id of the backup it came from
 * @param names what was switched, relative to the site's folder
 */
record PendingRestore(Instant at, String to, String backup, List<String> names) {
  PendingRestore {
    names = List.copyOf(names);
  }

  static Optional<PendingRestore> load(RestoreFolders folders) throws IOException {
    try {
      JsonObject json = Json.parseObject(Files.readAllBytes(folders.pending()));
      return Optional.of(
          new PendingRestore(
              Instant.parse(json.text("at").orElseThrow()),
              json.text("to").orElseThrow(),
              json.text("backup").orElseThrow(),
              Stream.of(json.text("names").orElseThrow().split(" ", -1))
                  .filter(name -> !name.isEmpty())
                  .toList()));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  void save(RestoreFolders folders) throws IOException {
    JsonObject json =
        JsonObject.builder()
            .put("at", at.toString())
            .put("to", to)
            .put("backup", backup)
            .put("names", String.join(" ", names))
            .build();
    DurableFile.write(
        folders.pending(), Json.text(json).getBytes(StandardCharsets.UTF_8), "rw-------");
  }
}
