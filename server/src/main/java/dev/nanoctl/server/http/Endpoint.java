package dev.nanoctl.server.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One route, described so completely that it can be served, limited, cached and documented.
 *
 * <pre>{@code
 * Endpoint.get("nanos/{id}")
 *     .summary("One Nano")
 *     .answers(200, NANO_DETAIL)
 *     .errors(ApiError.NOT_FOUND)
 *     .cached("nanos")
 *     .handle(this::show)
 * }</pre>
 *
 * <p>Paths are under {@code /api/v1/} unless they start with a slash; {@code {name}} stands for one
 * segment, {@code {name*}} at the end for the rest of the path.
 */
public final class Endpoint {
  /** What a request carries. */
  public sealed interface Input {
    /** Nothing. */
    record None() implements Input {}

    /** A JSON object of this shape. */
    record Json(Schema.Fields schema, boolean required) implements Input {}

    /** Bytes of one of these types, at most so many, read by the handler as a stream. */
    record Bytes(List<String> mediaTypes, long max) implements Input {}
  }

  /**
   * One successful answer.
   *
   * @param status the status
   * @param data the shape of {@code data}; null when there is no JSON
   * @param meta the shape of {@code meta}; null when there is none
   * @param mediaType of content that is not JSON
   * @param example of {@code data} as JSON text
   */
  public record Output(
      int status,
      @Nullable Schema data,
      Schema.@Nullable Fields meta,
      @Nullable String mediaType,
      @Nullable String example) {}

  /** What {@code meta} has on a page. */
  public static final Schema.Fields PAGE_META =
      Schema.object()
          .required("page", Schema.integer(1, Integer.MAX_VALUE))
          .required("per_page", Schema.integer(1, 100))
          .required("total", Schema.count())
          .required("total_pages", Schema.count());

  private final String method;
  private final String path;
  private final List<Param> params = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private final Set<ApiError> errors = EnumSet.noneOf(ApiError.class);
  private final List<Limit> limits = new ArrayList<>();
  private final List<String> topics = new ArrayList<>();
  private String summary = "";
  private Access access = Access.PUBLIC;
  private Input input = new Input.None();
  private boolean cached;
  private boolean keepsSecrets;
  private boolean checkedByHandler;
  private boolean hidden;
  private boolean localOnly;
  private @Nullable Handler handler;

  private Endpoint(String method, String path) {
    this.method = method;
    this.path = path.startsWith("/") ? path : "/api/v1/" + path;
  }

  /** A GET; HEAD is answered too. */
  public static Endpoint get(String path) {
    return new Endpoint("GET", path);
  }

  /** A POST; a signed-in caller may send {@code Idempotency-Key}. */
  public static Endpoint post(String path) {
    return new Endpoint("POST", path);
  }

  /** A PUT. */
  public static Endpoint put(String path) {
    return new Endpoint("PUT", path);
  }

  /** A PATCH. */
  public static Endpoint patch(String path) {
    return new Endpoint("PATCH", path);
  }

  /** A DELETE. */
  public static Endpoint delete(String path) {
    return new Endpoint("DELETE", path);
  }

  /** A HEAD of its own, where GET does not exist. */
  public static Endpoint head(String path) {
    return new Endpoint("HEAD", path);
  }

  /** One line for the documentation. */
  public Endpoint summary(String text) {
    summary = text;
    return this;
  }

  /** Who may call; everyone unless said. */
  public Endpoint access(Access who) {
    access = who;
    return this;
  }

  /** Adds query parameters. */
  public Endpoint query(Param... more) {
    Collections.addAll(params, more);
    return this;
  }

  /** Adds {@code page} and {@code limit}; see {@link Call#page()}. */
  public Endpoint paged() {
    return query(
        Param.integer("page", 1, Integer.MAX_VALUE).orElse("1"),
        Param.integer("limit", 1, 100).orElse("20"));
  }

  /** Adds {@code after} and {@code limit}, for lists read by cursor. */
  public Endpoint cursored() {
    return query(Param.text("after", 200), Param.integer("limit", 1, 100).orElse("20"));
  }

  /** Takes a JSON object. */
  public Endpoint body(Schema.Fields schema) {
    input = new Input.Json(schema, true);
    return this;
  }

  /**
   * The handler holds the body against its schema itself, because it has more to tell about the
   * fields: callers shall see everything that is wrong at once.
   */
  public Endpoint checkedByHandler() {
    checkedByHandler = true;
    return this;
  }

  /** Takes a JSON object or nothing. */
  public Endpoint optionalBody(Schema.Fields schema) {
    input = new Input.Json(schema, false);
    return this;
  }

  /** Takes bytes as a stream. */
  public Endpoint bytes(long max, String... mediaTypes) {
    input = new Input.Bytes(List.of(mediaTypes), max);
    return this;
  }

  /** Answers JSON data of this shape. */
  public Endpoint answers(int status, Schema data) {
    outputs.add(new Output(status, data, null, null, null));
    return this;
  }

  /** Answers JSON data and meta of these shapes. */
  public Endpoint answers(int status, Schema data, Schema.Fields meta) {
    outputs.add(new Output(status, data, meta, null, null));
    return this;
  }

  /** Answers a page of items of this shape; call {@link #paged()} too. */
  public Endpoint answersPage(Schema item) {
    return answers(200, Schema.list(item), PAGE_META);
  }

  /** Answers without content. */
  public Endpoint answersEmpty(int status) {
    outputs.add(new Output(status, null, null, null, null));
    return this;
  }

  /** Answers content that is not JSON. */
  public Endpoint answersFile(int status, String mediaType) {
    outputs.add(new Output(status, null, null, mediaType, null));
    return this;
  }

  /** Gives an example of {@code data} for the answer added last. */
  public Endpoint example(String json) {
    Output last = outputs.removeLast();
    outputs.add(new Output(last.status(), last.data(), last.meta(), last.mediaType(), json));
    return this;
  }

  /** The errors this endpoint may answer, besides those that every endpoint may. */
  public Endpoint errors(ApiError... some) {
    Collections.addAll(errors, some);
    return this;
  }

  /** Limits callers in addition to the general allowance. */
  public Endpoint limit(Limit limit) {
    limits.add(limit);
    errors.add(ApiError.RATE_LIMITED);
    return this;
  }

  /**
   * A public GET whose rendered answer is kept until one of these topics, or of those the answer
   * {@link Answer#shows}, changes. The handler does not get to know who asks.
   */
  public Endpoint cached(String... changes) {
    cached = true;
    Collections.addAll(topics, changes);
    return this;
  }

  /** The answer holds secrets: it is never stored for an {@code Idempotency-Key}. */
  public Endpoint answersSecrets() {
    keepsSecrets = true;
    return this;
  }

  /** Left out of the documentation: pages, files and probes outside {@code /api}. */
  public Endpoint hidden() {
    hidden = true;
    return this;
  }

  /** Not there for anyone but this machine itself. */
  Endpoint localOnly() {
    localOnly = true;
    return this;
  }

  boolean isLocalOnly() {
    return localOnly;
  }

  /** What answers; the last call of the chain. */
  public Endpoint handle(Handler answers) {
    handler = answers;
    return this;
  }

  /** The HTTP method. */
  public String method() {
    return method;
  }

  /** The whole path with its placeholders. */
  public String path() {
    return path;
  }

  /** One line for the documentation. */
  public String summary() {
    return summary;
  }

  /** Who may call. */
  public Access access() {
    return access;
  }

  /** The query parameters. */
  public List<Param> params() {
    return Collections.unmodifiableList(params);
  }

  /** What a request carries. */
  public Input input() {
    return input;
  }

  /** The successful answers. */
  public List<Output> outputs() {
    return Collections.unmodifiableList(outputs);
  }

  /** The errors of this endpoint's own. */
  public Set<ApiError> errors() {
    return Collections.unmodifiableSet(errors);
  }

  List<Limit> limits() {
    return limits;
  }

  List<String> topics() {
    return topics;
  }

  boolean isCheckedByHandler() {
    return checkedByHandler;
  }

  boolean isCached() {
    return cached;
  }

  boolean keepsSecrets() {
    return keepsSecrets;
  }

  /** Whether the documentation leaves it out. */
  public boolean isHidden() {
    return hidden;
  }

  Handler handler() {
    if (handler == null) {
      throw new IllegalStateException(method + " " + path + " has no handler");
    }
    return handler;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
