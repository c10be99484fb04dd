package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonWriter;
import java.util.List;
import java.util.Map;

/** Writes a {@link Schema} as JSON Schema. */
final class SchemaDocument {
  private SchemaDocument() {}

  static void write(Schema schema, JsonWriter out) {
    switch (schema) {
      case Schema.Component(String name, _) ->
          out.object(o -> o.field("$ref", "#/components/schemas/" + name));
      case Schema.Maybe(Schema inner) ->
          out.object(o -> o.array("anyOf", a -> oneOrNull(inner, a)));
      default -> out.object(o -> members(schema, o));
    }
  }

  private static void oneOrNull(Schema schema, JsonWriter out) {
    write(schema, out);
    out.object(o -> o.field("type", "null"));
  }

  private static void members(Schema schema, JsonWriter o) {
    switch (schema) {
      case Schema.Text text -> text(text, o);
      case Schema.Choice(List<String> values) -> o.field("type", "string").texts("enum", values);
      case Schema.Int(long min, long max) -> {
        o.field("type", "integer");
        if (min > Long.MIN_VALUE) {
          o.field("minimum", min);
        }
        if (max < Long.MAX_VALUE) {
          o.field("maximum", max);
        }
      }
      case Schema.Decimal _ -> o.field("type", "number");
      case Schema.Bool _ -> o.field("type", "boolean");
      case Schema.Items items -> items(items, o);
      case Schema.Named(Schema value) -> {
        o.field("type", "object").name("additionalProperties");
        write(value, o);
      }
      case Schema.Any _ -> {}
      case Schema.Fields fields -> fields(fields, o);
      case Schema.Component(_, Schema inner) -> members(inner, o);
      case Schema.Maybe(Schema inner) -> members(inner, o);
    }
  }

  /** The shape itself, for the place where a component is described. */
  static void definition(Schema.Component component, JsonWriter out) {
    write(component.schema(), out);
  }

  private static void text(Schema.Text text, JsonWriter o) {
    o.field("type", "string");
    if (text.min() > 0) {
      o.field("minLength", text.min());
    }
    if (text.max() < Integer.MAX_VALUE) {
      o.field("maxLength", text.max());
    }
    if (text.pattern() != null) {
      o.field("pattern", "^(?:" + text.pattern().pattern() + ")$");
    }
    if (text.format() != null) {
      o.field("format", text.format());
    }
  }

  private static void items(Schema.Items items, JsonWriter o) {
    o.field("type", "array").name("items");
    write(items.item(), o);
    if (items.min() > 0) {
      o.field("minItems", items.min());
    }
    if (items.max() < Integer.MAX_VALUE) {
      o.field("maxItems", items.max());
    }
    if (items.unique()) {
      o.field("uniqueItems", true);
    }
  }

  private static void fields(Schema.Fields fields, JsonWriter o) {
    o.field("type", "object");
    o.object(
        "properties",
        p -> {
          for (Map.Entry<String, Schema> field : fields.fields().entrySet()) {
            p.name(field.getKey());
            write(field.getValue(), p);
          }
        });
    if (!fields.required().isEmpty()) {
      o.texts("required", fields.required());
    }
    o.field("additionalProperties", false);
  }
}
