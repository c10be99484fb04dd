package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The fields of a JSON body that already fits the endpoint's schema. */
public final class Body {
  private final JsonObject object;

  Body(JsonObject object) {
    this.object = object;
  }

  /** The whole body. */
  public JsonObject json() {
    return object;
  }

  /** Whether the field was sent, be it null: what a PATCH needs to know. */
  public boolean has(String name) {
    return object.has(name);
  }

  /** A required text, without blanks at its ends. */
  public String text(String name) {
    return object.text(name).orElseThrow(() -> missing(name)).strip();
  }

  /** A required text exactly as it was sent, as passwords need it. */
  public String exact(String name) {
    return object.text(name).orElseThrow(() -> missing(name));
  }

  /** An optional text, without blanks at its ends; empty when missing, null or blank. */
  public Optional<String> findText(String name) {
    return object.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** A required whole number. */
  public int integer(String name) {
    return Math.toIntExact(object.integer(name).orElseThrow(() -> missing(name)));
  }

  /** A required whole number that may be large. */
  public long number(String name) {
    return object.integer(name).orElseThrow(() -> missing(name));
  }

  /** An optional whole number. */
  public OptionalInt findInteger(String name) {
    return object.integer(name).isPresent()
        ? OptionalInt.of(Math.toIntExact(object.integer(name).getAsLong()))
        : OptionalInt.empty();
  }

  /** A truth value; the given one when it is missing. */
  public boolean flag(String name, boolean otherwise) {
    return object.bool(name).orElse(otherwise);
  }

  /** A required UUID. */
  public UUID uuid(String name) {
    return UUID.fromString(exact(name));
  }

  /** An optional UUID. */
  public Optional<UUID> findUuid(String name) {
    return object.text(name).map(UUID::fromString);
  }

  /** A list of texts, without blanks at their ends; empty when missing. */
  public List<String> texts(String name) {
    return object.array(name).map(JsonArray::texts).orElse(List.of()).stream()
        .map(String::strip)
        .toList();
  }

  /** An optional object. */
  public Optional<JsonObject> findObject(String name) {
    return object.object(name);
  }

  /** Any value, as it was sent. */
  public Optional<JsonValue> value(String name) {
    return object.get(name);
  }

  private static IllegalStateException missing(String name) {
    return new IllegalStateException("the schema does not require " + name);
  }
}
