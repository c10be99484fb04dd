package dev.nanoctl.core.json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** A JSON array. */
public record JsonArray(List<JsonValue> values) implements JsonValue, Iterable<JsonValue> {
  /** Keeps its own copy of the values. */
  public JsonArray {
    values = List.copyOf(values);
  }

  /** An array of strings. */
  public static JsonArray ofTexts(Iterable<String> texts) {
    var values = new ArrayList<JsonValue>();
    texts.forEach(text -> values.add(new Text(text)));
    return new JsonArray(values);
  }

  /** How many values there are. */
  public int size() {
    return values.size();
  }

  @Override
  public Iterator<JsonValue> iterator() {
    return values.iterator();
  }

  /** The values as strings; {@link JsonTypeException} if one is something else. */
  public List<String> texts() {
    return values.stream().map(JsonArray::asText).toList();
  }

  /** The values as objects; {@link JsonTypeException} if one is something else. */
  public Stream<JsonObject> objects() {
    return values.stream().map(JsonArray::asObject);
  }

  private static String asText(JsonValue value) {
    if (value instanceof Text(String text)) {
      return text;
    }
    throw new JsonTypeException("[]", "string", value.kind());
  }

  private static JsonObject asObject(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new JsonTypeException("[]", "object", value.kind());
  }
}
