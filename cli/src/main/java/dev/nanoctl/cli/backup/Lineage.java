package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The unbroken history of log that is being shipped to one target. Without one, shipping begins a
 * new one, and a new base backup follows.
 *
 * @param id what its log is kept under
 * @param systemId of the cluster that writes it
 */
public record Lineage(UUID id, long systemId) {
  /** The lineage of a target, if one was begun. */
  public static Optional<Lineage> load(Layout layout, String target) throws IOException {
    try {
      JsonObject json = Json.parseObject(Files.readAllBytes(file(layout, target)));
      Optional<UUID> id = json.text("lineage").map(UUID::fromString);
      Optional<String> systemId = json.text("systemId");
      return id.isEmpty() || systemId.isEmpty()
          ? Optional.empty()
          : Optional.of(new Lineage(id.get(), Long.parseUnsignedLong(systemId.get())));
    } catch (NoSuchFileException
        | JsonSyntaxException
        | JsonTypeException
        | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Remembers it as the target's. */
  void save(Layout layout, String target) throws IOException {
    byte[] json =
        Json.bytes(o ->
            o.object(
                m -> m.field("lineage", id).field("systemId", Long.toUnsignedString(systemId))));
    DurableFile.write(file(layout, target), json, "rw-------");
  }

  /** Ends the lineage of a target: what the database writes from now on is another history. */
  public static void forget(Layout layout, String target) throws IOException {
    Files.deleteIfExists(file(layout, target));
  }

  private static Path file(Layout layout, String target) {
    return layout.backup().resolve(target + "-lineage.json");
  }
}
