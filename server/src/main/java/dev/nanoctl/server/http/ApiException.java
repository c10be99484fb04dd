package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request cannot be done; the edge turns this into a status and an error envelope. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ApiError error;
  private final transient List<FieldError> fields;
  private final @Nullable String german;
  private final @Nullable String english;
  private transient @Nullable Consumer<JsonWriter> details;
  private @Nullable Duration retryAfter;
  private final transient List<Map.Entry<String, String>> headers = new ArrayList<>();

  private ApiException(
      ApiError error, List<FieldError> fields, @Nullable String german, @Nullable String english) {
    super(english == null ? error.name() : error.name() + ": " + english, null, false, false);
    this.error = error;
    this.fields = List.copyOf(fields);
    this.german = german;
    this.english = english;
  }

  /** The error with its general message. */
  public ApiException(ApiError error) {
    this(error, List.of(), null, null);
  }

  /** The error with messages that say more. */
  public ApiException(ApiError error, String german, String english) {
    this(error, List.of(), german, english);
  }

  /** A VALIDATION_ERROR that names every wrong field. */
  public static ApiException invalid(List<FieldError> fields) {
    return new ApiException(ApiError.VALIDATION_ERROR, fields, null, null);
  }

  /** A VALIDATION_ERROR of one field. */
  public static ApiException invalid(String field, String code, String german, String english) {
    return invalid(List.of(new FieldError(field, code, german, english)));
  }

  /** A BAD_REQUEST of one query parameter or header. */
  public static ApiException bad(FieldError parameter) {
    return new ApiException(ApiError.BAD_REQUEST, List.of(parameter), null, null);
  }

  /** A BAD_REQUEST of several query parameters. */
  public static ApiException bad(List<FieldError> parameters) {
    return new ApiException(ApiError.BAD_REQUEST, parameters, null, null);
  }

  /** Another try makes sense after this time; answered as {@code Retry-After}. */
  public ApiException retryAfter(Duration time) {
    this.retryAfter = time;
    return this;
  }

  /** Adds a header to the answer, such as the size of a file whose range was wrong. */
  public ApiException header(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  /** Replaces the list of field errors in {@code details} by the value that the body writes. */
  public ApiException details(Consumer<JsonWriter> value) {
    this.details = value;
    return this;
  }

  /** What went wrong. */
  public ApiError error() {
    return error;
  }

  /** The wrong fields; may be empty. */
  public List<FieldError> fields() {
    return fields;
  }

  /** The message in the given language. */
  public String message(Language language) {
    return german == null || english == null
        ? error.message(language)
        : language.pick(german, english);
  }

  @Nullable Consumer<JsonWriter> details() {
    return details;
  }

  List<Map.Entry<String, String>> headers() {
    return headers;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
