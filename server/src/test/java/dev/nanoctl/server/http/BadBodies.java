package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** From the shape of a JSON body: one that fits it, and all that miss it in one place. */
final class BadBodies {
  private static final JsonValue NULL = JsonValue.Null.INSTANCE;

  /** Texts that fit a pattern, for fields whose pattern no simple text fits. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "email", "ada@example.org",
          "username", "ada_lovelace",
          "password", "langes Kennwort 73",
          "new_password", "langes Kennwort 73",
          "sha256", "0".repeat(64),
          "semver", "1.2.0",
          "language", "de",
          "licence", "CC-BY-4.0");

  /**
   * One wrong body.
   *
   * @param what what is wrong with it
   * @param body the body
   * @param field the field that shall be named
   * @param code the code of the field's error
   */
  record Bad(String what, JsonObject body, String field, String code) {}

  private final JsonObject schema;
  private final List<Bad> found = new ArrayList<>();

  private BadBodies(JsonObject schema) {
    this.schema = schema;
  }

  /** Every body that misses the shape in one place. */
  static List<Bad> of(JsonObject schema) {
    BadBodies bodies = new BadBodies(schema);
    bodies.collect();
    return bodies.found;
  }

  /** A body that fits the shape, with its required fields only. */
  static JsonObject good(JsonObject schema) {
    Set<String> required =
        Set.copyOf(schema.array("required").orElse(new JsonArray(List.of())).texts());
    Map<String, JsonValue> members = new LinkedHashMap<>();
    properties(schema)
        .forEach((name, property) -> {
          if (required.contains(name)) {
            members.put(name, good(name, bare((JsonObject) property)));
          }
        });
    return new JsonObject(members);
  }

  private void collect() {
    add("an unknown field", "no_such_field", text("x"), "no_such_field", "unknown_field");
    List<String> required = schema.array("required").orElse(new JsonArray(List.of())).texts();
    properties(schema)
        .forEach((name, property) -> {
          JsonObject shape = (JsonObject) property;
          if (required.contains(name)) {
            Map<String, JsonValue> without = new LinkedHashMap<>(good(schema).members());
            without.remove(name);
            found.add(new Bad("without " + name, new JsonObject(without), name, "required"));
          }
          if (!shape.has("anyOf")) {
            add(
                "null for " + name,
                name,
                NULL,
                name,
                required.contains(name) ? "required" : "wrong_type");
          }
          wrong(name, bare(shape))
              .forEach(
                  bad -> add(name + " " + bad.what, name, bad.value, name + bad.below, bad.code));
        });
  }

  private void add(String what, String name, JsonValue value, String field, String code) {
    Map<String, JsonValue> members = new LinkedHashMap<>(good(schema).members());
    members.put(name, value);
    found.add(new Bad(what, new JsonObject(members), field, code));
  }

  /** A value that does not fit; {@code below} is the path from the field to what is wrong. */
  private record Wrong(String what, JsonValue value, String below, String code) {}

  private static List<Wrong> wrong(String name, JsonObject shape) {
    List<Wrong> all = new ArrayList<>();
    String type = shape.text("type").orElse("any");
    switch (type) {
      case "string" -> texts(name, shape, all);
      case "integer" -> numbers(shape, all);
      case "boolean" -> all.add(new Wrong("as a text", text("yes"), "", "wrong_type"));
      case "array" -> lists(name, shape, all);
      case "object" -> {
        all.add(new Wrong("as a text", text("x"), "", "wrong_type"));
        shape
            .object("additionalProperties")
            .ifPresent(values ->
                wrong("x", bare(values))
                    .forEach(bad ->
                        all.add(
                            new Wrong(
                                "with a member " + bad.what,
                                new JsonObject(Map.of("x", bad.value)),
                                ".x" + bad.below,
                                bad.code))));
      }
      default -> throw new AssertionError("no rows for the type " + type + " of " + name);
    }
    return all;
  }

  private static void texts(String name, JsonObject shape, List<Wrong> all) {
    all.add(new Wrong("as a number", number(7), "", "wrong_type"));
    if (shape.has("enum")) {
      all.add(new Wrong("none of the choices", text("no-such-choice"), "", "invalid_choice"));
      return;
    }
    int least =
        shape.integer("minLength").isPresent() ? (int) shape.integer("minLength").getAsLong() : 0;
    if (least > 0) {
      all.add(new Wrong("empty", text(""), "", "required"));
      all.add(new Wrong("blank", text(" \t "), "", "required"));
    }
    if (least > 1) {
      all.add(new Wrong("too short", text("x".repeat(least - 1)), "", "too_short"));
    }
    shape
        .integer("maxLength")
        .ifPresent(most ->
            all.add(new Wrong("too long", text("x".repeat((int) most + 1)), "", "too_long")));
    String fits = goodText(name, shape);
    if (fits.length() > 2) {
      String nul = fits.substring(0, fits.length() - 1) + '\0';
      all.add(new Wrong("with U+0000", text(nul), "", "invalid_format"));
    }
    if (shape.has("pattern")) {
      all.add(
          new Wrong("of another form", text("?".repeat(Math.max(least, 1))), "", "invalid_format"));
    }
  }

  private static void numbers(JsonObject shape, List<Wrong> all) {
    all.add(new Wrong("as a text", text("7"), "", "wrong_type"));
    all.add(
        new Wrong(
            "with a fraction", new JsonValue.Numeric(new BigDecimal("1.5")), "", "wrong_type"));
    all.add(
        new Wrong(
            "beyond all bounds",
            new JsonValue.Numeric(new BigDecimal("1e999999999")),
            "",
            "wrong_type"));
    shape
        .integer("minimum")
        .ifPresent(least -> all.add(new Wrong("too small", number(least - 1), "", "too_small")));
    shape
        .integer("maximum")
        .ifPresent(most -> all.add(new Wrong("too large", number(most + 1), "", "too_large")));
  }

  private static void lists(String name, JsonObject shape, List<Wrong> all) {
    all.add(new Wrong("as a text", text("x"), "", "wrong_type"));
    JsonObject item = bare(shape.object("items").orElseThrow());
    wrong(name, item)
        .forEach(bad ->
            all.add(
                new Wrong(
                    "with an item " + bad.what, list(bad.value), "[0]" + bad.below, bad.code)));
    all.add(new Wrong("with null", list(NULL), "[0]", "wrong_type"));
    JsonValue one = good(name, item);
    shape
        .integer("maxItems")
        .ifPresent(most -> {
          List<JsonValue> many = IntStream.rangeClosed(0, (int) most).mapToObj(_ -> one).toList();
          all.add(new Wrong("with too many items", new JsonArray(many), "", "too_many"));
        });
    if (shape.bool("uniqueItems").orElse(false)) {
      all.add(new Wrong("with an item twice", list(one, one), "[1]", "duplicate"));
    }
  }

  private static JsonValue good(String name, JsonObject shape) {
    return switch (shape.text("type").orElse("any")) {
      case "string" -> text(goodText(name, shape));
      case "integer" -> number(shape.integer("minimum").orElse(1));
      case "boolean" -> new JsonValue.Bool(true);
      case "array" -> list(good(name, bare(shape.object("items").orElseThrow())));
      default -> JsonObject.EMPTY;
    };
  }

  private static String goodText(String name, JsonObject shape) {
    if (shape.has("enum")) {
      return shape.array("enum").orElseThrow().texts().getFirst();
    }
    if (shape.text("format").filter("uuid"::equals).isPresent()) {
      return "019a0000-0000-7000-8000-0000000000ff";
    }
    long least = shape.integer("minLength").orElse(0);
    return TEXTS.getOrDefault(name, "x".repeat((int) Math.max(least, 3)));
  }

  /** The shape without the choice of null. */
  private static JsonObject bare(JsonObject shape) {
    return shape
        .array("anyOf")
        .map(either -> either.objects().findFirst().orElseThrow())
        .orElse(shape);
  }

  private static Map<String, JsonValue> properties(JsonObject schema) {
    return schema.object("properties").orElse(JsonObject.EMPTY).members();
  }

  private static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }

  private static JsonValue number(long number) {
    return new JsonValue.Numeric(BigDecimal.valueOf(number));
  }

  private static JsonArray list(JsonValue... items) {
    return new JsonArray(List.of(items));
  }
}
