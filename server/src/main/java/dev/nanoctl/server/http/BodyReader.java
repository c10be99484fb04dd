package dev.nanoctl.server.http;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Reads what a request carries, within the endpoint's limits. */
final class BodyReader {
  /** The most bytes of a JSON body. */
  static final int MAX_JSON = 256 * 1024;

  /** How much of a body that is too large is taken before it is refused. */
  private static final int LINGER = 1 << 20;

  private BodyReader() {}

  static Body read(Endpoint endpoint, Call.Request request) {
    if (!(endpoint.input()
        instanceof Endpoint.Input.Json(Schema.Fields schema, boolean required))) {
      throw new IllegalStateException(endpoint + " takes no JSON");
    }
    plain(request);
    byte[] bytes = all(request);
    if (bytes.length == 0 && !required) {
      return new Body(JsonObject.EMPTY);
    }
    if (!mediaType(request).equals("application/json")) {
      throw new ApiException(
          ApiError.UNSUPPORTED_MEDIA_TYPE,
          "Bitte JSON senden (Content-Type: application/json).",
          "Please send JSON (Content-Type: application/json).");
    }
    JsonValue value = parse(bytes);
    if (endpoint.isCheckedByHandler() && value instanceof JsonObject object) {
      return new Body(object);
    }
    List<FieldError> errors = schema.check(value);
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
    return new Body((JsonObject) value);
  }

  static InputStream stream(Endpoint endpoint, Call.Request request) {
    if (!(endpoint.input() instanceof Endpoint.Input.Bytes(List<String> types, long max))) {
      throw new IllegalStateException(endpoint + " takes no bytes");
    }
    if (!types.isEmpty() && !types.contains(mediaType(request))) {
      throw new ApiException(
          ApiError.UNSUPPORTED_MEDIA_TYPE,
          "Erwartet wird " + String.join(", ", types) + ".",
          "Expected: " + String.join(", ", types) + ".");
    }
    plain(request);
    if (request.contentLength() > max) {
      throw new ApiException(ApiError.PAYLOAD_TOO_LARGE);
    }
    return new LimitedStream(request.content(), max);
  }

  private static void plain(Call.Request request) {
    String encoding = request.header("Content-Encoding", "identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw packed();
    }
  }

  static ApiException packed() {
    return new ApiException(
        ApiError.UNSUPPORTED_MEDIA_TYPE,
        "Gepackte Anfragen (Content-Encoding) werden nicht verstanden.",
        "Encoded requests (Content-Encoding) are not understood.");
  }

  private static JsonValue parse(byte[] bytes) {
    try {
      return Json.parse(bytes);
    } catch (JsonSyntaxException e) {
      throw new ApiException(
          ApiError.BAD_REQUEST,
          "Der Inhalt ist kein gültiges JSON (Zeile %d, Spalte %d)."
              .formatted(e.line(), e.column()),
          "The body is not valid JSON (line %d, column %d).".formatted(e.line(), e.column()));
    } catch (UncheckedIOException _) {
      throw new ApiException(
          ApiError.BAD_REQUEST, "Der Inhalt ist kein UTF-8.", "The body is not UTF-8.");
    }
  }

  private static byte[] all(Call.Request request) {
    if (request.contentLength() > MAX_JSON) {
      throw tooLarge(request);
    }
    try {
      return new LimitedStream(request.content(), MAX_JSON).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes some of what is still being sent: a connection cut off earlier loses the answer. */
  private static ApiException tooLarge(Call.Request request) {
    if (request.header("Expect", "").isEmpty()) {
      try {
        new LimitedStream(request.content(), LINGER).transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        // the client has hung up already
      }
    }
    return new ApiException(ApiError.PAYLOAD_TOO_LARGE);
  }

  private static String mediaType(Call.Request request) {
    String type = request.header("Content-Type", "");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }
}
