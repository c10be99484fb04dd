package dev.nanoctl.appliance.usage;

import dev.nanoctl.core.json.JsonObject;
import java.time.Instant;

/**
 * How much was used at one moment.
 *
 * @param freeBytes what could still be written on the disk of the site
 * @param traffic what the server had answered since it started
 */
public record Sample(Instant at, long freeBytes, Traffic traffic) {
  JsonObject json() {
    return JsonObject.builder()
        .put("at", at.toString())
        .put("free", freeBytes)
        .put("traffic", traffic.json())
        .build();
  }

  /** Reads what was noted; an {@link IllegalArgumentException} tells that it is no sample. */
  static Sample of(JsonObject json) {
    return new Sample(
        Instant.parse(json.text("at").orElseThrow(IllegalArgumentException::new)),
        json.integer("free").orElseThrow(IllegalArgumentException::new),
        json.object("traffic").map(Traffic::of).orElseThrow(IllegalArgumentException::new));
  }
}
