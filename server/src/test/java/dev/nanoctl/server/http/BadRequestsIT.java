package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.ApiDescription.Operation;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestClient.Reply;
import dev.nanoctl.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint against everything that can be wrong with a request. The rows come from the
 * endpoints' own descriptions, so that a new endpoint has its rows from the day it is there; a
 * shape for which no rows are known fails the test.
 */
final class BadRequestsIT {
  private static final String NOWHERE = "019a0000-0000-7000-8000-00000000dead";
  private static final String JSON = "application/json";

  /** Placeholders that are no UUIDs: the value that fits, or NOWHERE is taken. */
  private static final Map<String, String> PATHS = Map.of("version", "1.0.0");

  /** Endpoints whose {id} may be a slug as well: a text that is no UUID is not found. */
  private static final Set<String> BY_SLUG =
      Set.of(
          "GET /api/v1/nanos/{id}",
          "GET /api/v1/nanos/{id}/related",
          "GET /api/v1/nanos/{id}/amb.json");

  private static TestServer server;
  private static List<Operation> operations;
  private static final Map<String, TestClient> CLIENTS = new HashMap<>();
  private static String draft;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    var fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    CLIENTS.put("guest", server.client());
    for (Role role : Role.values()) {
      CLIENTS.put(role.tag(), fixture.client(server, fixture.person(role)));
    }
    Principal creator = fixture.person(Role.CREATOR);
    draft = fixture.draft(creator, "Serienbriefe schreiben").toString();
    CLIENTS.put("owner", fixture.client(server, creator));
    operations = ApiDescription.read(server.client());
    assertThat(operations).hasSizeGreaterThan(40);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What a wrong request is answered with; no field means that none is named. */
  private record Expected(int status, String code, @Nullable String field, @Nullable String why) {
    static Expected of(ApiError error) {
      return new Expected(error.status(), error.name(), null, null);
    }

    static Expected of(ApiError error, String field, String why) {
      return new Expected(error.status(), error.name(), field, why);
    }
  }

  /** A request, to be sent by this client. */
  private interface Wrong {
    Reply send(TestClient client);
  }

  /** Sends the request in both languages and looks at the answers. */
  private static void row(
      SoftAssertions softly,
      Operation operation,
      String what,
      String as,
      Wrong wrong,
      Expected expected) {
    String name = operation + ": " + what;
    TestClient client = Objects.requireNonNull(CLIENTS.get(as), as);
    Reply german = wrong.send(client.with("Accept-Language", "de"));
    Reply english = wrong.send(client.with("Accept-Language", "en"));
    client.with("Accept-Language", "");
    softly.assertThat(german.status()).as("%s: %s", name, german.text()).isEqualTo(expected.status);
    if (operation.method().equals("HEAD") || german.status() != expected.status) {
      return;
    }
    softly.assertThat(german.code()).as(name).isEqualTo(expected.code);
    softly.assertThat(english.code()).as(name).isEqualTo(expected.code);
    softly.assertThat(german.json().bool("success")).as(name).hasValue(false);
    softly.assertThat(german.header("X-Request-Id")).as(name).isNotBlank();
    softly.assertThat(german.message()).as(name).isNotBlank().isNotEqualTo(english.message());
    if (expected.field != null) {
      softly.assertThat(german.fields()).as(name).containsEntry(expected.field, expected.why);
      softly.assertThat(german.text()).as("%s speaks German", name).isNotEqualTo(english.text());
    }
  }

  private static String path(Operation operation) {
    String path = operation.path();
    for (JsonObject parameter : operation.parameters("path")) {
      String name = parameter.text("name").orElseThrow();
      path = path.replace("{" + name + "}", PATHS.getOrDefault(name, NOWHERE));
    }
    return path;
  }

  /**
   * Where a body is looked at: endpoints that hold it against what is stored need something stored.
   */
  private static String bodyPath(Operation operation) {
    return operation.toString().equals("PATCH /api/v1/nanos/{id}")
        ? operation.path().replace("{id}", draft)
        : path(operation);
  }

  private static String caller(Operation operation) {
    return operation.toString().equals("PATCH /api/v1/nanos/{id}") ? "owner" : operation.role();
  }

  /** A request that nothing is wrong with but what stands in the path. */
  private static Reply good(
      TestClient client, Operation operation, String path, Map<String, String> more) {
    if (operation.body().isPresent()) {
      byte[] body = bytes(BadBodies.good(operation.body().get()));
      Map<String, String> headers = new HashMap<>(more);
      headers.put("Content-Type", JSON);
      return client.bytes(operation.method(), path, body, headers);
    }
    if (!operation.takes().isEmpty()) {
      Map<String, String> headers = new HashMap<>(more);
      headers.put("Content-Type", operation.takes().iterator().next());
      headers.put("Upload-Offset", "0");
      return client.bytes(operation.method(), path, new byte[] {1}, headers);
    }
    return client.bytes(operation.method(), path, new byte[0], more);
  }

  private static byte[] bytes(JsonObject body) {
    return Json.text(body).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everyFieldOfEveryBodyIsChecked() {
    SoftAssertions softly = new SoftAssertions();
    int rows = 0;
    for (Operation operation : operations) {
      if (operation.body().isEmpty()) {
        continue;
      }
      for (BadBodies.Bad bad : BadBodies.of(operation.body().get())) {
        rows++;
        row(
            softly,
            operation,
            bad.what(),
            caller(operation),
            client ->
                client.bytes(
                    operation.method(),
                    bodyPath(operation),
                    bytes(bad.body()),
                    Map.of("Content-Type", JSON)),
            Expected.of(ApiError.VALIDATION_ERROR, bad.field(), code(operation, bad)));
      }
    }
    assertThat(rows).isGreaterThan(200);
    softly.assertAll();
  }

  /** A change of a nano is held against the whole form: what becomes null is missing there. */
  private static String code(Operation operation, BadBodies.Bad bad) {
    boolean merged = operation.toString().equals("PATCH /api/v1/nanos/{id}");
    return merged && bad.what().startsWith("null for ") ? "required" : bad.code();
  }

  /** Bytes that are no JSON object, and what they are answered with. */
  private static Map<byte[], Expected> notAnObject() {
    return Map.of(
        utf8("hello"),
        Expected.of(ApiError.BAD_REQUEST),
        utf8("{\"a\": "),
        Expected.of(ApiError.BAD_REQUEST),
        utf8("{\"a\": 1, \"a\": 2}"),
        Expected.of(ApiError.BAD_REQUEST),
        utf8("[".repeat(100_000)),
        Expected.of(ApiError.BAD_REQUEST),
        utf8("{} {}"),
        Expected.of(ApiError.BAD_REQUEST),
        new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
        Expected.of(ApiError.BAD_REQUEST),
        utf8("[]"),
        Expected.of(ApiError.VALIDATION_ERROR, "", "wrong_type"),
        utf8("null"),
        Expected.of(ApiError.VALIDATION_ERROR, "", "wrong_type"),
        utf8("{\"a\": \"" + "x".repeat(256 * 1024) + "\"}"),
        Expected.of(ApiError.PAYLOAD_TOO_LARGE));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNoJsonIsRefused() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      if (operation.body().isEmpty()) {
        continue;
      }
      String path = bodyPath(operation);
      String as = caller(operation);
      notAnObject()
          .forEach((bytes, expected) ->
              row(
                  softly,
                  operation,
                  new String(bytes, 0, Math.min(20, bytes.length), StandardCharsets.ISO_8859_1),
                  as,
                  c -> c.bytes(operation.method(), path, bytes, Map.of("Content-Type", JSON)),
                  expected));
      byte[] good = bytes(BadBodies.good(operation.body().get()));
      for (Map<String, String> headers :
          List.of(
              Map.of("Content-Type", "text/plain"),
              Map.of("Content-Type", "application/x-www-form-urlencoded"),
              Map.<String, String>of(),
              Map.of("Content-Type", JSON, "Content-Encoding", "gzip"))) {
        row(
            softly,
            operation,
            "sent as " + headers,
            as,
            c -> c.bytes(operation.method(), path, good, headers),
            Expected.of(ApiError.UNSUPPORTED_MEDIA_TYPE));
      }
      if (operation.bodyRequired()) {
        row(
            softly,
            operation,
            "nothing sent",
            as,
            c -> c.bytes(operation.method(), path, new byte[0], Map.of("Content-Type", JSON)),
            Expected.of(ApiError.BAD_REQUEST));
      }
    }
    softly.assertAll();
  }

  @Test
  void bytesOfAnotherTypeAreRefused() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      if (operation.takes().isEmpty() || operation.body().isPresent()) {
        continue;
      }
      row(
          softly,
          operation,
          "sent as text",
          operation.role(),
          c ->
              c.bytes(
                  operation.method(),
                  path(operation),
                  new byte[] {1},
                  Map.of("Content-Type", "text/plain", "Upload-Offset", "0")),
          Expected.of(ApiError.UNSUPPORTED_MEDIA_TYPE));
      for (String offset : List.of("x", "-1", "1.5", "9999999999999999999")) {
        row(
            softly,
            operation,
            "with the offset " + offset,
            operation.role(),
            c ->
                c.bytes(
                    operation.method(),
                    path(operation),
                    new byte[] {1},
                    Map.of(
                        "Content-Type",
                        operation.takes().iterator().next(),
                        "Upload-Offset",
                        offset)),
            Expected.of(ApiError.BAD_REQUEST, "Upload-Offset", "required"));
      }
    }
    softly.assertAll();
  }

  @Test
  void everyQueryParameterIsChecked() {
    SoftAssertions softly = new SoftAssertions();
    int rows = 0;
    for (Operation operation : operations) {
      for (JsonObject parameter : operation.parameters("query")) {
        String name = parameter.text("name").orElseThrow();
        for (Map.Entry<String, String> bad : badValues(parameter).entrySet()) {
          rows++;
          row(
              softly,
              operation,
              name + "=" + shortened(bad.getKey()),
              operation.role(),
              c -> c.call(operation.method(), path(operation) + "?" + name + "=" + bad.getKey()),
              Expected.of(ApiError.BAD_REQUEST, name, bad.getValue()));
        }
      }
      if (operation.parameters("query").stream()
          .anyMatch(p -> p.text("name").orElseThrow().equals("page"))) {
        rows++;
        row(
            softly,
            operation,
            "a page too deep",
            operation.role(),
            c -> c.call(operation.method(), path(operation) + "?page=1000&limit=100"),
            Expected.of(ApiError.BAD_REQUEST, "page", "too_deep"));
      }
    }
    assertThat(rows).isGreaterThan(100);
    softly.assertAll();
  }

  /** Values, encoded for an address, and the code of the error each is answered with. */
  private static Map<String, String> badValues(JsonObject parameter) {
    JsonObject schema = parameter.object("schema").orElseThrow();
    boolean many = schema.text("type").filter("array"::equals).isPresent();
    JsonObject one = many ? schema.object("items").orElseThrow() : schema;
    Map<String, String> bad = new HashMap<>();
    String name = parameter.text("name").orElseThrow();
    switch (one.text("type").orElseThrow()) {
      case "integer" -> {
        bad.put("x", "wrong_type");
        bad.put("1.5", "wrong_type");
        bad.put("99999999999999999999", "wrong_type");
        bad.put(Long.toString(one.integer("minimum").orElseThrow() - 1), "too_small");
        bad.put(Long.toString(one.integer("maximum").orElseThrow() + 1), "too_large");
      }
      case "string" -> {
        if (one.has("enum")) {
          bad.put("no-such-choice", "invalid_choice");
        } else {
          String long1 = "x".repeat((int) one.integer("maxLength").orElseThrow() + 1);
          bad.put(long1, "too_long");
          if (!one.has("minLength")) {
            bad.put("a%00b", "invalid_format");
          }
        }
        String format = one.text("format").orElse("");
        if (format.equals("date-time")) {
          bad.put("yesterday", "invalid_format");
        } else if (format.equals("uuid")) {
          bad.put("019a0000-0000-7000-8000-00000000000x", "invalid_format");
        } else if (name.equals("after")) {
          bad.put("x", "invalid_format");
        }
      }
      default -> throw new AssertionError("no rows for the parameter " + parameter);
    }
    if (!many) {
      String fits = one.has("enum") ? one.array("enum").orElseThrow().texts().getFirst() : "1";
      bad.put(fits + "&" + name + "=" + fits, "too_many");
    }
    return bad;
  }

  private static String shortened(String value) {
    return value.length() > 30 ? value.substring(0, 30) + "…" : value;
  }

  @Test
  void everyPlaceholderIsChecked() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      for (JsonObject parameter : operation.parameters("path")) {
        String name = parameter.text("name").orElseThrow();
        boolean uuid = !PATHS.containsKey(name) && !BY_SLUG.contains(operation.toString());
        Expected unknown =
            uuid
                ? Expected.of(ApiError.BAD_REQUEST, name, "invalid_format")
                : Expected.of(ApiError.NOT_FOUND);
        for (String bad :
            List.of(
                "x", "x".repeat(2000), NOWHERE.replace("dead", "deax"), "1-1-1-1-1", "%c3%28")) {
          placeholder(softly, operation, name, bad, unknown);
        }
        placeholder(softly, operation, name, "a%00b", Expected.of(ApiError.BAD_REQUEST));
      }
    }
    softly.assertAll();
  }

  private static void placeholder(
      SoftAssertions softly, Operation operation, String name, String bad, Expected expected) {
    String path = path(operation).replace(PATHS.getOrDefault(name, NOWHERE), bad);
    row(
        softly,
        operation,
        name + "=" + shortened(bad),
        operation.role(),
        client -> good(client, operation, path, Map.of()),
        expected);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      if (!operation.parameters("path").isEmpty()) {
        softly.assertThat(operation.errors()).as("%s tells of it", operation).contains("NOT_FOUND");
        row(
            softly,
            operation,
            "nowhere",
            operation.role(),
            c -> good(c, operation, path(operation), Map.of()),
            Expected.of(ApiError.NOT_FOUND));
      }
    }
    softly.assertAll();
  }

  @Test
  void whoMayNotCallIsTurnedAway() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      if (operation.role().equals("guest")) {
        continue;
      }
      row(
          softly,
          operation,
          "by a guest",
          "guest",
          c -> good(c, operation, path(operation), Map.of()),
          Expected.of(ApiError.UNAUTHORIZED));
      row(
          softly,
          operation,
          "with a token that is none",
          "guest",
          c -> good(c, operation, path(operation), Map.of("Authorization", "Bearer nonsense")),
          Expected.of(ApiError.TOKEN_EXPIRED));
      Role least = Role.ofTag(operation.role()).orElseThrow();
      for (Role role : Role.values()) {
        if (!role.atLeast(least)) {
          row(
              softly,
              operation,
              "by a " + role.tag(),
              role.tag(),
              c -> good(c, operation, path(operation), Map.of()),
              Expected.of(ApiError.FORBIDDEN));
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void everyHeaderIsChecked() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      row(
          softly,
          operation,
          "from another site",
          operation.role(),
          c ->
              good(
                  c,
                  new Operation("POST", operation.path(), operation.json()),
                  path(operation),
                  Map.of("Origin", "https://evil.example")),
          otherSite(operation));
      if (operation.method().equals("POST")
          && !operation.role().equals("guest")
          && operation.takes().stream().allMatch(JSON::equals)) {
        for (String key : List.of("a b", "x".repeat(256), "\"\"")) {
          row(
              softly,
              operation,
              "Idempotency-Key: " + shortened(key),
              operation.role(),
              c -> good(c, operation, path(operation), Map.of("Idempotency-Key", key)),
              Expected.of(ApiError.BAD_REQUEST, "Idempotency-Key", "invalid_format"));
        }
      }
    }
    softly.assertAll();
  }

  private static Expected otherSite(Operation operation) {
    boolean posts =
        operations.stream()
            .anyMatch(o -> o.method().equals("POST") && o.path().equals(operation.path()));
    return Expected.of(posts ? ApiError.CSRF_FAILED : ApiError.METHOD_NOT_ALLOWED);
  }

  @Test
  void otherMethodsAreRefused() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : operations) {
      List<String> known = new ArrayList<>(List.of("HEAD"));
      operations.stream()
          .filter(o -> o.path().equals(operation.path()))
          .forEach(o -> known.add(o.method()));
      for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        if (!known.contains(method)) {
          row(
              softly,
              operation,
              method,
              operation.role(),
              c -> c.call(method, path(operation)),
              Expected.of(ApiError.METHOD_NOT_ALLOWED));
        }
      }
    }
    softly.assertAll();
  }
}
