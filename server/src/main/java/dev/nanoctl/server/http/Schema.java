package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonValue;
import dev.nanoctl.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a JSON value: checks what comes in, and is the schema that {@code /openapi.json}
 * shows.
 */
public sealed interface Schema {
  /** A text; {@code min} and {@code max} count code points; a blank text counts as empty. */
  record Text(int min, int max, @Nullable Pattern pattern, @Nullable String format)
      implements Schema {}

  /** One of a few texts. */
  record Choice(List<String> values) implements Schema {}

  /** A whole number. */
  record Int(long min, long max) implements Schema {}

  /** A number with a fraction. */
  record Decimal() implements Schema {}

  /** True or false. */
  record Bool() implements Schema {}

  /** A list. */
  record Items(Schema item, int min, int max, boolean unique) implements Schema {}

  /** The given shape, or null. */
  record Maybe(Schema schema) implements Schema {}

  /** An object that maps any names to values of one shape. */
  record Named(Schema value) implements Schema {}

  /** Any value. */
  record Any() implements Schema {}

  /** A shape that has a name in the document and is described once. */
  record Component(String name, Schema schema) implements Schema {}

  /** An object with known fields; others are refused. */
  record Fields(Map<String, Schema> fields, List<String> required) implements Schema {
    /** An object without fields. */
    public Fields() {
      this(Map.of(), List.of());
    }

    /** Adds a field that must be there. */
    public Fields required(String name, Schema schema) {
      List<String> names = new ArrayList<>(required);
      names.add(name);
      return new Fields(with(name, schema), List.copyOf(names));
    }

    /** Adds a field that may be missing or null. */
    public Fields optional(String name, Schema schema) {
      return new Fields(with(name, schema instanceof Maybe ? schema : new Maybe(schema)), required);
    }

    /** Adds all fields of another object. */
    public Fields with(Fields other) {
      Map<String, Schema> all = new LinkedHashMap<>(fields);
      all.putAll(other.fields);
      List<String> names = new ArrayList<>(required);
      names.addAll(other.required);
      return new Fields(all, List.copyOf(names));
    }

    /** The same object with every field left to choice, as a PATCH has it. */
    public Fields partial() {
      Fields patch = new Fields();
      for (Map.Entry<String, Schema> field : fields.entrySet()) {
        // a required field may be left out but not be set to null
        patch =
            required.contains(field.getKey())
                ? new Fields(patch.with(field.getKey(), field.getValue()), List.of())
                : patch.optional(field.getKey(), field.getValue());
      }
      return patch;
    }

    private Map<String, Schema> with(String name, Schema schema) {
      Map<String, Schema> all = new LinkedHashMap<>(fields);
      all.put(name, schema);
      return all;
    }
  }

  /** A text of {@code min} to {@code max} code points. */
  static Schema text(int min, int max) {
    return new Text(min, max, null, null);
  }

  /** Any text, for answers. */
  static Schema text() {
    return text(0, Integer.MAX_VALUE);
  }

  /** A text that matches the whole pattern. */
  static Schema text(int min, int max, String pattern) {
    return new Text(min, max, Pattern.compile(pattern), null);
  }

  /** An e-mail address. */
  static Schema email() {
    // one @, a dot after it, nothing that needs quoting: what mail servers in the wild accept
    return new Text(
        3, 254, Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]+@[^\\s@.]+(\\.[^\\s@.]+)+"), "email");
  }

  /** A UUID. */
  static Schema uuid() {
    return new Text(
        36, 36, Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"), "uuid");
  }

  /** A point in time, ISO 8601 in UTC. */
  static Schema time() {
    return new Text(0, 40, null, "date-time");
  }

  /** An address. */
  static Schema uri() {
    return new Text(1, 2000, null, "uri-reference");
  }

  /** One of a few texts. */
  static Schema choice(String... values) {
    return new Choice(List.copyOf(Arrays.asList(values)));
  }

  /** A whole number in a range. */
  static Schema integer(long min, long max) {
    return new Int(min, max);
  }

  /** A whole number that is not negative. */
  static Schema count() {
    return new Int(0, Long.MAX_VALUE);
  }

  /** A number with a fraction. */
  static Schema decimal() {
    return new Decimal();
  }

  /** True or false. */
  static Schema bool() {
    return new Bool();
  }

  /** A list of any length. */
  static Schema list(Schema item) {
    return new Items(item, 0, Integer.MAX_VALUE, false);
  }

  /** A list of {@code min} to {@code max} different items. */
  static Schema set(Schema item, int min, int max) {
    return new Items(item, min, max, true);
  }

  /** A list of {@code min} to {@code max} items. */
  static Schema list(Schema item, int min, int max) {
    return new Items(item, min, max, false);
  }

  /** The given shape, or null. */
  static Schema nullable(Schema schema) {
    return new Maybe(schema);
  }

  /** An object from any names to one shape. */
  static Schema map(Schema value) {
    return new Named(value);
  }

  /** Any value. */
  static Schema any() {
    return new Any();
  }

  /** An object; add fields to it. */
  static Fields object() {
    return new Fields();
  }

  /** A shape that is described once under this name. */
  static Schema named(String name, Schema schema) {
    return new Component(name, schema);
  }

  /** Everything that is wrong with a value; empty when it fits. */
  default List<FieldError> check(JsonValue value) {
    List<FieldError> errors = new ArrayList<>();
    SchemaCheck.check(this, value, "", errors);
    return errors;
  }

  /** Writes this shape as JSON Schema (draft 2020-12, as OpenAPI 3.1 has it). */
  default void write(JsonWriter out) {
    SchemaDocument.write(this, out);
  }

  /** The object's shape behind names and options. */
  static @Nullable Fields fieldsOf(Schema schema) {
    return switch (schema) {
      case Fields fields -> fields;
      case Component(_, Schema inner) -> fieldsOf(inner);
      case Maybe(Schema inner) -> fieldsOf(inner);
      case Text _, Choice _, Int _, Decimal _, Bool _, Items _, Named _, Any _ -> null;
    };
  }
}
