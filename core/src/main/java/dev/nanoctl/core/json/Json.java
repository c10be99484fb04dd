package dev.nanoctl.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * JSON in and out: a strict reader into {@link JsonValue} and a streaming {@link JsonWriter}.
 *
 * <p>Strict means one value and nothing after it, no name twice in an object, at most {@value
 * #MAX_DEPTH} levels. Nothing is bound by reflection.
 */
public final class Json {
  /** How deep values may be nested in what is read. */
  public static final int MAX_DEPTH = 200;

  private static final int MAX_STRING = 8 * 1024 * 1024;
  private static final int MAX_NUMBER = 100;

  // virtual threads do not live long enough for buffers kept per thread
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .build();

  private Json() {}

  /** Reads one value; {@link JsonSyntaxException} if the text is not exactly that. */
  public static JsonValue parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return document(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one value from UTF-8. */
  public static JsonValue parse(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      return document(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one value from a stream of UTF-8, to its end; the stream stays open. */
  public static JsonValue parse(InputStream utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      return document(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one object; anything else is a {@link JsonTypeException}. */
  public static JsonObject parseObject(String text) {
    return asObject(parse(text));
  }

  /** Reads one object from UTF-8; anything else is a {@link JsonTypeException}. */
  public static JsonObject parseObject(byte[] utf8) {
    return asObject(parse(utf8));
  }

  /** Writes compact JSON as UTF-8. */
  public static byte[] bytes(Consumer<JsonWriter> body) {
    var buffer = new ByteArrayOutputStream(1024);
    write(buffer, body);
    return buffer.toByteArray();
  }

  /** Writes compact JSON as UTF-8 to a stream, which stays open. */
  public static void write(OutputStream target, Consumer<JsonWriter> body) {
    try (JsonGenerator generator = FACTORY.createGenerator(target)) {
      body.accept(new JsonWriter(generator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes compact JSON. */
  public static String text(Consumer<JsonWriter> body) {
    var text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      body.accept(new JsonWriter(generator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes compact JSON. */
  public static String text(JsonValue value) {
    return text(json -> json.value(value));
  }

  /** Writes JSON for people: one member a line, indented by two. */
  public static String pretty(Consumer<JsonWriter> body) {
    var text = new StringWriter();
    var indenter = new DefaultIndenter("  ", "\n");
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.setPrettyPrinter(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
              .withObjectIndenter(indenter)
              .withArrayIndenter(indenter));
      body.accept(new JsonWriter(generator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static JsonObject asObject(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new JsonTypeException("document", "object", value.kind());
  }

  private static JsonValue document(JsonParser parser) throws IOException {
    try {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonSyntaxException("there is nothing", 1, 1, new IOException("empty"));
      }
      JsonValue value = value(parser, first);
      if (parser.nextToken() != null) {
        var at = parser.currentTokenLocation();
        throw new JsonSyntaxException(
            "something follows the value",
            at.getLineNr(),
            at.getColumnNr(),
            new IOException("trailing"));
      }
      return value;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new JsonSyntaxException(
          e.getOriginalMessage().lines().findFirst().orElse("malformed"),
          at == null ? 1 : at.getLineNr(),
          at == null ? 1 : at.getColumnNr(),
          e);
    }
  }

  private static JsonValue value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonValue.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new JsonValue.Numeric(new BigDecimal(parser.getText()));
      case VALUE_TRUE -> new JsonValue.Bool(true);
      case VALUE_FALSE -> new JsonValue.Bool(false);
      case VALUE_NULL -> JsonValue.Null.INSTANCE;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value starts with " + token);
    };
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      members.put(name, value(parser, parser.nextToken()));
    }
    return new JsonObject(members);
  }

  private static JsonArray array(JsonParser parser) throws IOException {
    List<JsonValue> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      values.add(value(parser, token));
    }
    return new JsonArray(values);
  }
}
