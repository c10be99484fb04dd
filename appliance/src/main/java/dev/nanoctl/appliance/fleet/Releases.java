package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.plan.FleetJson;
import dev.nanoctl.appliance.plan.Release;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Which release an instance runs, as noted in its state.
 *
 * @param now what runs
 * @param before what ran before; its image is empty when there is nothing to go back to
 * @param copy the copy of the database from before the upgrade; may be empty
 */
public record Releases(Release now, Release before, String copy) {
  private static final Release NONE = new Release("", "", "");

  /** A release that followed none. */
  public static Releases first(Release now) {
    return new Releases(now, NONE, "");
  }

  /** What is noted; empty before the first note. */
  public static Optional<Releases> find(Layout layout) {
    Path file = file(layout);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonObject json = Json.parseObject(Files.readString(file));
      return Optional.of(
          new Releases(
              FleetJson.release(json.object("now").orElseThrow()),
              FleetJson.release(json.object("before").orElseThrow()),
              json.text("copy").orElse("")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException | JsonTypeException | NoSuchElementException e) {
      throw new Problem.Configuration(
              "NC-RELEASE-DAMAGED",
              "%s is damaged: %s".formatted(file, e.getMessage()),
              "move the file away; the next upgrade writes it anew")
          .raise(e);
    }
  }

  /** Notes it. */
  public void write(Layout layout) throws IOException {
    JsonObject json =
        JsonObject.builder()
            .put("now", FleetJson.of(now))
            .put("before", FleetJson.of(before))
            .put("copy", copy)
            .build();
    DurableFile.write(file(layout), Json.text(json).getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  /** Whether there is a release to go back to. */
  public boolean canReturn() {
    return !before.image().isEmpty();
  }

  private static Path file(Layout layout) {
    return layout.state().resolve("release.json");
  }
}
