package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What the autoscaler saw last, as noted in the state of an instance.
 *
 * @param apps how many containers it wants
 * @param why for people, such as {@code load 42 %}
 */
public record AutoscaleNote(Instant at, int apps, String why) {
  /** What is noted; empty where it has not looked yet, or is off. */
  public static Optional<AutoscaleNote> find(Layout layout) {
    try {
      JsonObject json = Json.parseObject(Files.readString(file(layout)));
      return Optional.of(
          new AutoscaleNote(
              Instant.parse(json.text("at").orElseThrow()),
              Math.toIntExact(json.integer("apps").orElseThrow()),
              json.text("why").orElseThrow()));
    } catch (IOException
        | JsonSyntaxException
        | JsonTypeException
        | DateTimeException
        | NoSuchElementException e) {
      return Optional.empty();
    }
  }

  void write(Layout layout) throws IOException {
    JsonObject json =
        JsonObject.builder().put("at", at.toString()).put("apps", apps).put("why", why).build();
    DurableFile.write(file(layout), Json.text(json).getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  static void forget(Layout layout) throws IOException {
    Files.deleteIfExists(file(layout));
  }

  private static Path file(Layout layout) {
    return layout.state().resolve("autoscale.json");
  }
}
