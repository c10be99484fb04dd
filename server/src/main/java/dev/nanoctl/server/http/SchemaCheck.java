package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a value against a {@link Schema} and collects everything that is wrong. */
final class SchemaCheck {
  private SchemaCheck() {}

  static void check(Schema schema, JsonValue value, String at, List<FieldError> errors) {
    switch (schema) {
      case Schema.Any _ -> {}
      case Schema.Component(_, Schema inner) -> check(inner, value, at, errors);
      case Schema.Maybe(Schema inner) -> {
        if (!(value instanceof JsonValue.Null)) {
          check(inner, value, at, errors);
        }
      }
      case Schema.Text text -> text(text, value, at, errors);
      case Schema.Choice(List<String> values) -> choice(values, value, at, errors);
      case Schema.Int range -> whole(range, value, at, errors);
      case Schema.Decimal _ -> {
        if (!(value instanceof JsonValue.Numeric)) {
          errors.add(type(at, "eine Zahl", "a number"));
        }
      }
      case Schema.Bool _ -> {
        if (!(value instanceof JsonValue.Bool)) {
          errors.add(type(at, "true oder false", "true or false"));
        }
      }
      case Schema.Items items -> items(items, value, at, errors);
      case Schema.Named(Schema inner) -> {
        if (value instanceof JsonObject object) {
          object.members().forEach((name, member) -> check(inner, member, path(at, name), errors));
        } else {
          errors.add(type(at, "ein Objekt", "an object"));
        }
      }
      case Schema.Fields fields -> fields(fields, value, at, errors);
    }
  }

  private static void fields(
      Schema.Fields schema, JsonValue value, String at, List<FieldError> errors) {
    if (!(value instanceof JsonObject object)) {
      errors.add(type(at, "ein Objekt", "an object"));
      return;
    }
    for (String name : schema.required()) {
      JsonValue member = object.members().get(name);
      if (member == null || (member instanceof JsonValue.Null && !nullable(schema, name))) {
        errors.add(FieldError.required(path(at, name)));
      }
    }
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      Schema inner = schema.fields().get(member.getKey());
      String path = path(at, member.getKey());
      if (inner == null) {
        errors.add(
            new FieldError(
                path, "unknown_field", "Dieses Feld gibt es nicht.", "There is no such field."));
      } else if (!(member.getValue() instanceof JsonValue.Null
          && schema.required().contains(member.getKey()))) {
        check(inner, member.getValue(), path, errors);
      }
    }
  }

  private static boolean nullable(Schema.Fields schema, String name) {
    return schema.fields().get(name) instanceof Schema.Maybe;
  }

  private static void items(
      Schema.Items schema, JsonValue value, String at, List<FieldError> errors) {
    if (!(value instanceof JsonArray array)) {
      errors.add(type(at, "eine Liste", "a list"));
      return;
    }
    if (array.size() < schema.min()) {
      errors.add(
          new FieldError(
              at,
              "too_few",
              "Mindestens " + schema.min() + " angeben.",
              "Give at least " + schema.min() + "."));
    }
    if (array.size() > schema.max()) {
      errors.add(
          new FieldError(
              at,
              "too_many",
              "Höchstens " + schema.max() + " angeben.",
              "Give at most " + schema.max() + "."));
      return;
    }
    Set<JsonValue> seen = new HashSet<>();
    int index = 0;
    for (JsonValue item : array) {
      String path = at + "[" + index++ + "]";
      check(schema.item(), item, path, errors);
      if (schema.unique() && !seen.add(item)) {
        errors.add(
            new FieldError(path, "duplicate", "Kommt doppelt vor.", "Appears more than once."));
      }
    }
  }

  private static void text(
      Schema.Text schema, JsonValue value, String at, List<FieldError> errors) {
    if (!(value instanceof JsonValue.Text(String text))) {
      errors.add(type(at, "ein Text", "a text"));
      return;
    }
    FieldError error = textError(schema, text, at);
    if (error != null) {
      errors.add(error);
    }
  }

  static @Nullable FieldError textError(Schema.Text schema, String text, String at) {
    String stripped = text.strip();
    int length = stripped.codePointCount(0, stripped.length());
    if (length == 0 && schema.min() > 0) {
      return FieldError.required(at);
    }
    if (length < schema.min()) {
      return new FieldError(
          at,
          "too_short",
          "Mindestens " + schema.min() + " Zeichen.",
          "At least " + schema.min() + " characters.");
    }
    if (length > schema.max()) {
      return new FieldError(
          at,
          "too_long",
          "Höchstens " + schema.max() + " Zeichen.",
          "At most " + schema.max() + " characters.");
    }
    // PostgreSQL cannot store U+0000, and a lone surrogate is not text
    if (text.indexOf('\0') >= 0 || loneSurrogate(text)) {
      return new FieldError(
          at, "invalid_format", "Enthält unzulässige Zeichen.", "Contains characters not allowed.");
    }
    if (length > 0 && schema.pattern() != null && !schema.pattern().matcher(stripped).matches()) {
      return new FieldError(
          at, "invalid_format", "Das Format stimmt nicht.", "The format is not right.");
    }
    return null;
  }

  private static boolean loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  private static void choice(
      List<String> values, JsonValue value, String at, List<FieldError> errors) {
    if (!(value instanceof JsonValue.Text(String text))) {
      errors.add(type(at, "ein Text", "a text"));
    } else if (!values.contains(text)) {
      errors.add(notAChoice(values, at));
    }
  }

  static FieldError notAChoice(List<String> values, String at) {
    String all = String.join(", ", values);
    return new FieldError(at, "invalid_choice", "Erlaubt ist: " + all, "Allowed: " + all);
  }

  private static void whole(Schema.Int range, JsonValue value, String at, List<FieldError> errors) {
    if (!(value instanceof JsonValue.Numeric(BigDecimal number)) || !whole(number)) {
      errors.add(type(at, "eine ganze Zahl", "a whole number"));
      return;
    }
    FieldError error = rangeError(range, number, at);
    if (error != null) {
      errors.add(error);
    }
  }

  static @Nullable FieldError rangeError(Schema.Int range, BigDecimal number, String at) {
    if (number.compareTo(BigDecimal.valueOf(range.min())) < 0) {
      return new FieldError(
          at, "too_small", "Mindestens " + range.min() + ".", "At least " + range.min() + ".");
    }
    if (number.compareTo(BigDecimal.valueOf(range.max())) > 0) {
      return new FieldError(
          at, "too_large", "Höchstens " + range.max() + ".", "At most " + range.max() + ".");
    }
    return null;
  }

  private static boolean whole(BigDecimal number) {
    // 1e999999999 must not be expanded to find out
    return number.scale() <= 0 ? number.scale() > -20 : number.scale() < 40 && integral(number);
  }

  private static boolean integral(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  static FieldError type(String at, String german, String english) {
    return new FieldError(
        at, "wrong_type", "Hier gehört " + german + " hin.", "This must be " + english + ".");
  }

  private static String path(String at, String name) {
    return at.isEmpty() ? name : at + "." + name;
  }
}
