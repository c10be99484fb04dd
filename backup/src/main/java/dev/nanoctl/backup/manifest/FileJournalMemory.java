package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers the head in a file. */
public final class FileJournalMemory implements JournalMemory {
  private final Path file;

  /** Remembers in that file, whose folder exists. */
  public FileJournalMemory(Path file) {
    this.file = file;
  }

  @Override
  public Optional<Head> load() throws IOException {
    try {
      JsonObject json = Json.parseObject(Files.readAllBytes(file));
      return Optional.of(
          new Head(
              json.integer("number").orElseThrow(() -> broken()),
              json.text("sha256").orElseThrow(() -> broken())));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private RuntimeException broken() {
    return RepositoryProblem.rolledBack(file + " does not say how far the journal was");
  }

  @Override
  public void save(Head head) throws IOException {
    byte[] json =
        Json.bytes(
            o -> o.object(m -> m.field("number", head.number()).field("sha256", head.sha256())));
    DurableFile.write(file, json, "rw-------");
  }
}
