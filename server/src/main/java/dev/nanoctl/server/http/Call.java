package dev.nanoctl.server.http;

import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request to one endpoint, with everything already checked against its description. */
public final class Call {
  /** The request as the server below hands it over. */
  interface Request {
    String header(String name, String otherwise);

    InputStream content();

    long contentLength();
  }

  /** What is known of a request before its parameters are read. */
  record Origin(String requestId, String address, Language language, boolean secure) {}

  private final Endpoint endpoint;
  private final Request request;
  private final Origin origin;
  private final Map<String, String> path;
  private final Map<String, List<String>> query;
  private final @Nullable Principal principal;
  private @Nullable Body body;

  Call(
      Endpoint endpoint,
      Request request,
      Origin origin,
      Map<String, String> path,
      Map<String, List<String>> query,
      @Nullable Principal principal) {
    this.endpoint = endpoint;
    this.request = request;
    this.origin = origin;
    this.path = path;
    this.query = query;
    this.principal = principal;
  }

  /** Who asks; UNAUTHORIZED when nobody is signed in. */
  public Principal principal() {
    return findPrincipal().orElseThrow(() -> new ApiException(ApiError.UNAUTHORIZED));
  }

  /** Who asks, if someone is signed in; not to be asked by a cached endpoint. */
  public Optional<Principal> findPrincipal() {
    if (endpoint.isCached()) {
      throw new IllegalStateException(endpoint + " is cached: it answers everyone the same");
    }
    return Optional.ofNullable(principal);
  }

  /**
   * Who asks, for a cached endpoint whose answer is not the same for everyone after all: such an
   * answer must set {@code Cache-Control: no-store}, and then is not kept.
   */
  public Optional<Principal> viewer() {
    return Optional.ofNullable(principal);
  }

  /** A part of the path as text. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException(endpoint + " has no {" + name + "}");
    }
    return value;
  }

  /** A part of the path that must be a UUID; BAD_REQUEST otherwise. */
  public UUID uuid(String name) {
    return uuid(name, path(name));
  }

  /** The page asked for; BAD_REQUEST beyond {@link Page#MAX_DEPTH} rows. */
  public Page page() {
    int number = integer("page").orElse(1);
    int limit = integer("limit").orElse(20);
    if ((long) number * limit > Page.MAX_DEPTH) {
      throw ApiException.bad(
          new FieldError(
              "page",
              "too_deep",
              "Seiten reichen nur bis Eintrag " + Page.MAX_DEPTH + ". Bitte die Suche eingrenzen.",
              "Pages reach no further than entry " + Page.MAX_DEPTH + ". Please narrow it down."));
    }
    return new Page(number, limit);
  }

  /** A query parameter as text; its default or empty when left out or blank. */
  public Optional<String> query(String name) {
    return queries(name).stream().findFirst();
  }

  /** All values of a repeated query parameter. */
  public List<String> queries(String name) {
    List<String> values = query.get(name);
    if (values == null) {
      throw new IllegalStateException(endpoint + " has no parameter " + name);
    }
    return values;
  }

  /** A query parameter as a whole number. */
  public OptionalInt integer(String name) {
    Optional<String> value = query(name);
    return value.isPresent() ? OptionalInt.of(Integer.parseInt(value.get())) : OptionalInt.empty();
  }

  /** A query parameter as a UUID. */
  public Optional<UUID> queryUuid(String name) {
    return query(name).map(UUID::fromString);
  }

  /** A query parameter as a point in time; BAD_REQUEST when it is none. */
  public Optional<Instant> queryTime(String name) {
    return query(name).map(value -> time(name, value));
  }

  /** The JSON body; it fits the endpoint's schema. */
  public Body body() {
    if (body == null) {
      body = BodyReader.read(endpoint, request);
    }
    return body;
  }

  /** The body as a stream that ends with PAYLOAD_TOO_LARGE beyond the endpoint's limit. */
  public InputStream stream() {
    return BodyReader.stream(endpoint, request);
  }

  /** The announced length of the body; -1 when it is not known. */
  public long contentLength() {
    return request.contentLength();
  }

  /** A request header. */
  public Optional<String> header(String name) {
    String value = request.header(name, "");
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** A cookie. */
  public Optional<String> cookie(String name) {
    return Cookies.read(request.header("Cookie", ""), name);
  }

  /** PRECONDITION_FAILED when {@code If-Match} is sent and does not name this version of a row. */
  public void requireMatch(long rowVersion) {
    Optional<String> match = header("If-Match");
    if (match.isPresent() && !Etags.matches(match.get(), "\"" + rowVersion + "\"")) {
      throw new ApiException(ApiError.PRECONDITION_FAILED);
    }
  }

  /** The language of messages for this caller. */
  public Language language() {
    return origin.language();
  }

  /** The id that ties logs, audit and this answer together. */
  public String requestId() {
    return origin.requestId();
  }

  /** The address the request came from. */
  public String address() {
    return origin.address();
  }

  /** Whether the request came over TLS, here or at a trusted proxy. */
  public boolean secure() {
    return origin.secure();
  }

  private static UUID uuid(String name, String text) {
    if (text.length() == 36) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException _) {
        // told below
      }
    }
    throw ApiException.bad(
        new FieldError(name, "invalid_format", "Das ist keine UUID.", "This is not a UUID."));
  }

  private static Instant time(String name, String text) {
    try {
      // a "+" that was not encoded arrives as a blank
      return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
    } catch (DateTimeParseException _) {
      throw ApiException.bad(
          new FieldError(
              name,
              "invalid_format",
              "Das ist kein Zeitpunkt wie 2026-11-21T10:00:00Z.",
              "This is not a time such as 2026-11-21T10:00:00Z."));
    }
  }

  /** Reads and checks the query string's values by the endpoint's description. */
  static Map<String, List<String>> parameters(Endpoint endpoint, Map<String, List<String>> raw) {
    Map<String, List<String>> all = new HashMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (Param param : endpoint.params()) {
      all.put(param.name(), ParamReader.read(param, raw, errors));
    }
    if (!errors.isEmpty()) {
      throw ApiException.bad(errors);
    }
    return all;
  }
}
