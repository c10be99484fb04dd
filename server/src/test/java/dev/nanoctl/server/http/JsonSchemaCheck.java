package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** As much of JSON Schema as our own document uses, read from the document itself. */
final class JsonSchemaCheck {
  private final JsonObject components;

  JsonSchemaCheck(JsonObject components) {
    this.components = components;
  }

  List<String> errors(JsonObject schema, JsonValue value) {
    List<String> errors = new ArrayList<>();
    check(schema, value, "$", errors);
    return errors;
  }

  private void check(JsonObject schema, JsonValue value, String at, List<String> errors) {
    if (schema.has("$ref")) {
      String ref = schema.text("$ref").orElseThrow();
      check(
          components.object(ref.substring(ref.lastIndexOf('/') + 1)).orElseThrow(),
          value,
          at,
          errors);
      return;
    }
    if (schema.has("anyOf")) {
      boolean fits =
          schema
              .array("anyOf")
              .orElseThrow()
              .objects()
              .anyMatch(each -> errors(each, value).isEmpty());
      if (!fits) {
        errors.add(at + " fits none of " + schema.array("anyOf").orElseThrow().size());
      }
      return;
    }
    String type = schema.text("type").orElse("any");
    boolean fits =
        switch (type) {
          case "object" -> value instanceof JsonObject;
          case "array" -> value instanceof JsonArray;
          case "string" -> value instanceof JsonValue.Text;
          case "integer", "number" -> number(value) != null;
          case "boolean" -> value.kind().equals("boolean");
          case "null" -> value.kind().equals("null");
          default -> true;
        };
    if (!fits) {
      errors.add(at + " is " + value.kind() + ", not " + type);
      return;
    }
    switch (value) {
      case JsonObject object -> fields(schema, object, at, errors);
      case JsonArray array -> {
        int index = 0;
        for (JsonValue item : array) {
          String path = at + "[" + index++ + "]";
          schema.object("items").ifPresent(items -> check(items, item, path, errors));
        }
      }
      case JsonValue.Text(String text) -> text(schema, text, at, errors);
      default -> range(schema, value, at, errors);
    }
  }

  private void fields(JsonObject schema, JsonObject object, String at, List<String> errors) {
    JsonObject known = schema.object("properties").orElse(JsonObject.EMPTY);
    for (String name : schema.array("required").map(JsonArray::texts).orElse(List.of())) {
      if (!object.has(name)) {
        errors.add(at + "." + name + " is missing");
      }
    }
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      String path = at + "." + member.getKey();
      if (known.has(member.getKey())) {
        check(known.object(member.getKey()).orElseThrow(), member.getValue(), path, errors);
      } else if (schema.has("properties")) {
        errors.add(path + " is not described");
      }
    }
  }

  private static void text(JsonObject schema, String text, String at, List<String> errors) {
    if (schema.has("enum") && !schema.array("enum").orElseThrow().texts().contains(text)) {
      errors.add(at + " is \"" + text + "\"");
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.text("pattern").orElseThrow()).matcher(text).find()) {
      errors.add(at + " does not match");
    }
    if (text.length() > schema.integer("maxLength").orElse(Long.MAX_VALUE)) {
      errors.add(at + " is too long");
    }
  }

  private static void range(JsonObject schema, JsonValue value, String at, List<String> errors) {
    BigDecimal number = number(value);
    if (number != null
        && (number.compareTo(BigDecimal.valueOf(schema.integer("minimum").orElse(Long.MIN_VALUE)))
                < 0
            || number.compareTo(
                    BigDecimal.valueOf(schema.integer("maximum").orElse(Long.MAX_VALUE)))
                > 0)) {
      errors.add(at + " is out of range");
    }
  }

  private static @org.jspecify.annotations.Nullable BigDecimal number(JsonValue value) {
    return value instanceof JsonValue.Numeric(BigDecimal number) ? number : null;
  }
}
