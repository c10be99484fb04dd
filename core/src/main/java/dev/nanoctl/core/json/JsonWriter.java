package dev.nanoctl.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as a stream. Every method answers this writer, so that calls chain.
 *
 * <pre>{@code
 * Json.bytes(json -> json.object(o -> o.field("id", id).array("tags", tags, JsonWriter::value)));
 * }</pre>
 */
public final class JsonWriter {
  private final JsonGenerator out;

  JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /** An object as a value, with the members that the body writes. */
  public JsonWriter object(Consumer<JsonWriter> members) {
    return startObject().with(members).endObject();
  }

  /** A member that is an object. */
  public JsonWriter object(String name, Consumer<JsonWriter> members) {
    return name(name).object(members);
  }

  /** An array as a value, with the elements that the body writes. */
  public JsonWriter array(Consumer<JsonWriter> elements) {
    return startArray().with(elements).endArray();
  }

  /** A member that is an array, with the elements that the body writes. */
  public JsonWriter array(String name, Consumer<JsonWriter> elements) {
    return name(name).array(elements);
  }

  /** A member that is an array with one element for each of the values. */
  public <T> JsonWriter array(
      String name, Collection<? extends T> values, BiConsumer<JsonWriter, ? super T> element) {
    return name(name).array(values, element);
  }

  /** An array as a value with one element for each of the values. */
  public <T> JsonWriter array(
      Collection<? extends T> values, BiConsumer<JsonWriter, ? super T> element) {
    startArray();
    for (T value : values) {
      element.accept(this, value);
    }
    return endArray();
  }

  /** A member that is an array of strings. */
  public JsonWriter texts(String name, Collection<String> values) {
    return array(name, values, JsonWriter::value);
  }

  /** A string member, or {@code null}. */
  public JsonWriter field(String name, @Nullable String value) {
    return name(name).value(value);
  }

  /** An integer member. */
  public JsonWriter field(String name, long value) {
    return name(name).value(value);
  }

  /** A fraction member. */
  public JsonWriter field(String name, double value) {
    return name(name).value(value);
  }

  /** A boolean member. */
  public JsonWriter field(String name, boolean value) {
    return name(name).value(value);
  }

  /** A point in time as an ISO 8601 string in UTC, or {@code null}. */
  public JsonWriter field(String name, @Nullable Instant value) {
    return name(name).value(value == null ? null : value.toString());
  }

  /** An id as a string, or {@code null}. */
  public JsonWriter field(String name, @Nullable UUID value) {
    return name(name).value(value == null ? null : value.toString());
  }

  /** A member that was read or built before, or {@code null}. */
  public JsonWriter field(String name, @Nullable JsonValue value) {
    return name(name).value(value == null ? JsonValue.Null.INSTANCE : value);
  }

  /** A member that is already JSON text; it is written as it is. */
  public JsonWriter rawField(String name, String json) {
    return name(name).raw(json);
  }

  /** A {@code null} member. */
  public JsonWriter nullField(String name) {
    return name(name).value((String) null);
  }

  /** The name of the member whose value is written next. */
  public JsonWriter name(String name) {
    return writing(() -> out.writeFieldName(name));
  }

  /** A string, or {@code null}. */
  public JsonWriter value(@Nullable String value) {
    return writing(() -> out.writeString(value));
  }

  /** An integer. */
  public JsonWriter value(long value) {
    return writing(() -> out.writeNumber(value));
  }

  /** A fraction; one that is not finite becomes {@code null}. */
  public JsonWriter value(double value) {
    return Double.isFinite(value)
        ? writing(() -> out.writeNumber(value))
        : writing(() -> out.writeNull());
  }

  /** A boolean. */
  public JsonWriter value(boolean value) {
    return writing(() -> out.writeBoolean(value));
  }

  /** A value that is already JSON text. */
  public JsonWriter raw(String json) {
    return writing(() -> out.writeRawValue(json));
  }

  /** A value that was read or built before. */
  public JsonWriter value(JsonValue value) {
    return switch (value) {
      case JsonObject object -> object(o -> object.members().forEach((n, v) -> o.name(n).value(v)));
      case JsonArray array -> array(array.values(), JsonWriter::value);
      case JsonValue.Text(String text) -> value(text);
      case JsonValue.Numeric(BigDecimal number) -> writing(() -> out.writeNumber(number));
      case JsonValue.Bool(boolean bool) -> value(bool);
      case JsonValue.Null _ -> writing(out::writeNull);
    };
  }

  /** Opens an object by hand; {@link #object(Consumer)} closes it for you. */
  public JsonWriter startObject() {
    return writing(out::writeStartObject);
  }

  /** Closes what {@link #startObject} opened. */
  public JsonWriter endObject() {
    return writing(out::writeEndObject);
  }

  /** Opens an array by hand; {@link #array(Consumer)} closes it for you. */
  public JsonWriter startArray() {
    return writing(out::writeStartArray);
  }

  /** Closes what {@link #startArray} opened. */
  public JsonWriter endArray() {
    return writing(out::writeEndArray);
  }

  private JsonWriter with(Consumer<JsonWriter> body) {
    body.accept(this);
    return this;
  }

  private JsonWriter writing(Write write) {
    try {
      write.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Write {
    void run() throws IOException;
  }
}
