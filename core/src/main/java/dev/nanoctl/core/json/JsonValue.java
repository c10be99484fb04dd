package dev.nanoctl.core.json;

import java.math.BigDecimal;

/** One JSON value, read completely into memory. Match on it with an exhaustive {@code switch}. */
public sealed interface JsonValue
    permits JsonObject,
        JsonArray,
        JsonValue.Text,
        JsonValue.Numeric,
        JsonValue.Bool,
        JsonValue.Null {
  /** A string. */
  record Text(String value) implements JsonValue {}

  /** A number, exactly as it was written. */
  record Numeric(BigDecimal value) implements JsonValue {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements JsonValue {}

  /** {@code null}. */
  record Null() implements JsonValue {
    /** The one there is. */
    public static final Null INSTANCE = new Null();
  }

  /** What kind of value this is, in one word for messages: {@code object}, {@code string}, … */
  default String kind() {
    return switch (this) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case Text _ -> "string";
      case Numeric _ -> "number";
      case Bool _ -> "boolean";
      case Null _ -> "null";
    };
  }
}
