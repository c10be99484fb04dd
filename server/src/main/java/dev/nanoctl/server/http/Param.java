package dev.nanoctl.server.http;

import org.jspecify.annotations.Nullable;

/**
 * A query parameter. Several values are given by repeating it or with commas, if {@code many}.
 *
 * @param name as in the address
 * @param schema of one value: {@link Schema.Text}, {@link Schema.Int}, {@link Schema.Choice} or
 *     {@link Schema.Bool}
 * @param many whether several values may be given
 * @param otherwise the value when it is left out, or null
 */
public record Param(String name, Schema schema, boolean many, @Nullable String otherwise) {
  /** A text. */
  public static Param text(String name, int max) {
    return new Param(name, Schema.text(0, max), false, null);
  }

  /** A whole number in a range. */
  public static Param integer(String name, long min, long max) {
    return new Param(name, Schema.integer(min, max), false, null);
  }

  /** One of a few texts. */
  public static Param choice(String name, String... values) {
    return new Param(name, Schema.choice(values), false, null);
  }

  /** A UUID. */
  public static Param uuid(String name) {
    return new Param(name, Schema.uuid(), false, null);
  }

  /** A point in time, ISO 8601. */
  public static Param time(String name) {
    return new Param(name, Schema.time(), false, null);
  }

  /** Several values instead of one. */
  public Param repeated() {
    return new Param(name, schema, true, otherwise);
  }

  /** The value when it is left out. */
  public Param orElse(String value) {
    return new Param(name, schema, many, value);
  }
}
