package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wal.ShipperStatus;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How shipping log to a target goes, as it is noted every second.
 *
 * @param at when this was noted; an old note means that nobody ships
 * @param lineage that is shipped, if one was begun
 * @param progress how far it is; empty while the database or the target cannot be reached
 * @param current when all log there was last was durable
 * @param limit how much log the database keeps for a target, in bytes; 0 when that is not known
 * @param message what keeps log from being shipped; empty when nothing does
 */
record ShippingNote(
    Instant at,
    Optional<UUID> lineage,
    Optional<Progress> progress,
    Instant current,
    long limit,
    String message) {
  /** How far it is. */
  record Progress(int timeline, LogPosition server, LogPosition durable) {}

  static ShippingNote of(Instant now, UUID lineage, ShipperStatus status, long limit) {
    return new ShippingNote(
        now,
        Optional.of(lineage),
        Optional.of(new Progress(status.timeline(), status.server(), status.durable())),
        status.lag() == 0 ? now : status.current(),
        limit,
        status.lastFailure());
  }

  /** How much log is not durable yet, in bytes, as far as is known. */
  long lag() {
    return progress.map(p -> Math.max(0, p.server().value() - p.durable().value())).orElse(0L);
  }

  /** For how long log has been waiting to become durable. */
  Duration behind(Instant now) {
    return progress.isPresent() && lag() == 0
        ? Duration.ZERO
        : Duration.between(current, now.isBefore(current) ? current : now);
  }

  void write(JsonWriter json) {
    json.field("at", at)
        .field("lineage", lineage.orElse(null))
        .field("current", current)
        .field("limit", limit)
        .field("message", message);
    progress.ifPresent(p ->
        json.field("timeline", p.timeline())
            .field("server", p.server().toString())
            .field("durable", p.durable().toString()));
  }

  static Optional<ShippingNote> read(JsonObject json) {
    Optional<Instant> at = TargetFiles.at(json);
    Optional<Instant> current = TargetFiles.instant(json, "current");
    if (at.isEmpty() || current.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ShippingNote(
            at.get(),
            TargetFiles.uuid(json, "lineage"),
            progress(json),
            current.get(),
            json.integer("limit").orElse(0),
            json.text("message").orElse("")));
  }

  private static Optional<Progress> progress(JsonObject json) {
    return TargetFiles.position(json, "server")
        .flatMap(server ->
            TargetFiles.position(json, "durable")
                .map(durable ->
                    new Progress(
                        Math.toIntExact(json.integer("timeline").orElse(1)), server, durable)));
  }
}
