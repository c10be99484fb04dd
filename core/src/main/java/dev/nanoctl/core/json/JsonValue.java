package dev.nanoctl.core.json;

import java.math.BigDecimal;

/** One JSON value, read completely into memory. Match on it with an exhaustive {@code switch}. */
public sealed interface JsonValue
    permits JsonObject,
        JsonArray,
        JsonValue.Text,
        JsonValue.Number,
        JsonValue.Bool,
        JsonValue.Null {
  /** The one {@code null}. */
  Null NULL = new Null();

  /** A string. */
  record Text(String value) implements JsonValue {}

  /** A number, exactly as it was written. */
  record Number(BigDecimal value) implements JsonValue {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements JsonValue {}

  /** {@code null}. */
  record Null() implements JsonValue {}

  /** What kind of value this is, in one word for messages: {@code object}, {@code string}, … */
  default String kind() {
    return switch (this) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case Text _ -> "string";
      case Number _ -> "number";
      case Bool _ -> "boolean";
      case Null _ -> "null";
    };
  }
}
