package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.BackupConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** What an instance remembers about one of its targets, a small JSON file for each thing. */
final class TargetFiles {
  private final Path folder;
  private final String target;

  TargetFiles(Layout layout, String target) {
    this.folder = layout.backup();
    this.target = target;
  }

  /**
   * Since when it is a target.
   *
   * @param repository which one was made there
   */
  record Added(UUID repository, Instant at) {}

  /**
   * The last backup that was published and found in the repository afterwards.
   *
   * @param lineage of the log that makes it consistent
   */
  record Last(UUID id, Instant at, UUID lineage, long bytes, long storedBytes) {}

  /** The last attempt that failed, if none came to a good end since. */
  record Failure(Instant at, String code, String message) {}

  /**
   * Log that was durable and is gone.
   *
   * @param at when that was seen
   * @param from where what is missing begins
   */
  record Gap(Instant at, LogPosition from) {}

  /** When the first of the targets was added. */
  static Optional<Instant> firstAdded(Layout layout, BackupConfig config) {
    try {
      Optional<Instant> first = Optional.empty();
      for (BackupConfig.Target target : config.targets()) {
        Optional<Instant> at = new TargetFiles(layout, target.name()).added().map(Added::at);
        first = first.isEmpty() || at.filter(first.get()::isAfter).isPresent() ? at : first;
      }
      return first;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is a repository at the target of that name. */
  static boolean isAdded(Layout layout, String target) {
    try {
      return new TargetFiles(layout, target).added().isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Added> added() throws IOException {
    return read("target")
        .flatMap(
            json -> uuid(json, "repository").flatMap(id -> at(json).map(at -> new Added(id, at))));
  }

  void added(Added added) throws IOException {
    write("target", o -> o.field("repository", added.repository()).field("at", added.at()));
  }

  /** Nothing of an earlier target of that name is about this one. */
  void forget() throws IOException {
    for (String what : List.of("target", "last", "failure", "gap", "shipping")) {
      Files.deleteIfExists(file(what));
    }
  }

  Optional<Last> last() throws IOException {
    return read("last")
        .flatMap(json ->
            uuid(json, "id")
                .flatMap(id ->
                    uuid(json, "lineage")
                        .flatMap(lineage ->
                            at(json)
                                .map(at ->
                                    new Last(
                                        id,
                                        at,
                                        lineage,
                                        json.integer("bytes").orElse(0),
                                        json.integer("storedBytes").orElse(0))))));
  }

  void last(Last last) throws IOException {
    write(
        "last",
        o ->
            o.field("id", last.id())
                .field("at", last.at())
                .field("lineage", last.lineage())
                .field("bytes", last.bytes())
                .field("storedBytes", last.storedBytes()));
    Files.deleteIfExists(file("failure"));
    Files.deleteIfExists(file("gap"));
  }

  /** The gap that no backup was taken after yet. */
  Optional<Gap> gap() throws IOException {
    return read("gap")
        .flatMap(
            json -> position(json, "from").flatMap(from -> at(json).map(at -> new Gap(at, from))));
  }

  void gap(Gap gap) throws IOException {
    write("gap", o -> o.field("at", gap.at()).field("from", gap.from().toString()));
  }

  Optional<Failure> failure() throws IOException {
    return read("failure")
        .flatMap(json ->
            at(json)
                .map(at ->
                    new Failure(
                        at, json.text("code").orElse(""), json.text("message").orElse(""))));
  }

  void failure(Failure failure) throws IOException {
    write(
        "failure",
        o ->
            o.field("at", failure.at())
                .field("code", failure.code())
                .field("message", failure.message()));
  }

  Optional<ShippingNote> shipping() throws IOException {
    return read("shipping").flatMap(ShippingNote::read);
  }

  /** Is written every second, so it is not forced to the disk. */
  void shipping(ShippingNote note) throws IOException {
    Path beside = folder.resolve("." + target + "-shipping.new");
    Files.write(beside, Json.bytes(o -> o.object(note::write)));
    Files.move(
        beside,
        file("shipping"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Path file(String what) {
    return folder.resolve(target + "-" + what + ".json");
  }

  private void write(String what, Consumer<JsonWriter> members) throws IOException {
    DurableFile.write(file(what), Json.bytes(o -> o.object(members)), "rw-------");
  }

  private Optional<JsonObject> read(String what) throws IOException {
    try {
      return Optional.of(Json.parseObject(Files.readAllBytes(file(what))));
    } catch (NoSuchFileException | JsonSyntaxException _) {
      return Optional.empty();
    }
  }

  static Optional<Instant> at(JsonObject json) {
    return instant(json, "at");
  }

  static Optional<Instant> instant(JsonObject json, String name) {
    try {
      return json.text(name).map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  static Optional<LogPosition> position(JsonObject json, String name) {
    try {
      return json.text(name).map(LogPosition::parse);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  static Optional<UUID> uuid(JsonObject json, String name) {
    try {
      return json.text(name).map(UUID::fromString);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
