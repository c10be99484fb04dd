package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.ApiDescription.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint against wrong parameters, places, headers, methods and callers; see {@link
 * ApiRows}.
 */
final class BadAddressesIT {
  /** Endpoints whose {id} may be a slug as well: a text that is no UUID is not found. */
  private static final Set<String> BY_SLUG =
      Set.of(
          "GET /api/v1/nanos/{id}",
          "GET /api/v1/nanos/{id}/related",
          "GET /api/v1/nanos/{id}/amb.json");

  private static ApiRows api;

  @BeforeAll
  static void start() {
    api = new ApiRows();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void everyQueryParameterIsChecked() {
    SoftAssertions softly = new SoftAssertions();
    int rows = 0;
    for (Operation operation : api.operations()) {
      for (JsonObject parameter : operation.parameters("query")) {
        String name = parameter.text("name").orElseThrow();
        for (Map.Entry<String, String> bad : badValues(parameter).entrySet()) {
          rows++;
          api.row(
              softly,
              operation,
              name + "=" + shortened(bad.getKey()),
              operation.role(),
              c ->
                  c.call(
                      operation.method(),
                      ApiRows.path(operation) + "?" + name + "=" + bad.getKey()),
              ApiRows.Expected.of(ApiError.BAD_REQUEST, name, bad.getValue()));
        }
      }
      if (operation.parameters("query").stream()
          .anyMatch(p -> p.text("name").orElseThrow().equals("page"))) {
        rows++;
        api.row(
            softly,
            operation,
            "a page too deep",
            operation.role(),
            c -> c.call(operation.method(), ApiRows.path(operation) + "?page=1000&limit=100"),
            ApiRows.Expected.of(ApiError.BAD_REQUEST, "page", "too_deep"));
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
    for (Operation operation : api.operations()) {
      for (JsonObject parameter : operation.parameters("path")) {
        String name = parameter.text("name").orElseThrow();
        boolean uuid = !ApiRows.PATHS.containsKey(name) && !BY_SLUG.contains(operation.toString());
        ApiRows.Expected unknown =
            uuid
                ? ApiRows.Expected.of(ApiError.BAD_REQUEST, name, "invalid_format")
                : ApiRows.Expected.of(ApiError.NOT_FOUND);
        for (String bad :
            List.of(
                "x",
                "x".repeat(2000),
                ApiRows.NOWHERE.replace("dead", "deax"),
                "1-1-1-1-1",
                "%c3%28")) {
          placeholder(softly, operation, name, bad, unknown);
        }
        placeholder(softly, operation, name, "a%00b", ApiRows.Expected.of(ApiError.BAD_REQUEST));
      }
    }
    softly.assertAll();
  }

  private static void placeholder(
      SoftAssertions softly,
      Operation operation,
      String name,
      String bad,
      ApiRows.Expected expected) {
    String path =
        ApiRows.path(operation).replace(ApiRows.PATHS.getOrDefault(name, ApiRows.NOWHERE), bad);
    api.row(
        softly,
        operation,
        name + "=" + shortened(bad),
        operation.role(),
        client -> ApiRows.good(client, operation, path, Map.of()),
        expected);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : api.operations()) {
      if (!operation.parameters("path").isEmpty()) {
        softly.assertThat(operation.errors()).as("%s tells of it", operation).contains("NOT_FOUND");
        api.row(
            softly,
            operation,
            "nowhere",
            operation.role(),
            c -> ApiRows.good(c, operation, ApiRows.path(operation), Map.of()),
            ApiRows.Expected.of(ApiError.NOT_FOUND));
      }
    }
    softly.assertAll();
  }

  @Test
  void whoMayNotCallIsTurnedAway() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : api.operations()) {
      if (operation.role().equals("guest")) {
        continue;
      }
      api.row(
          softly,
          operation,
          "by a guest",
          "guest",
          c -> ApiRows.good(c, operation, ApiRows.path(operation), Map.of()),
          ApiRows.Expected.of(ApiError.UNAUTHORIZED));
      api.row(
          softly,
          operation,
          "with a token that is none",
          "guest",
          c ->
              ApiRows.good(
                  c,
                  operation,
                  ApiRows.path(operation),
                  Map.of("Authorization", "Bearer nonsense")),
          ApiRows.Expected.of(ApiError.TOKEN_EXPIRED));
      Role least = Role.ofTag(operation.role()).orElseThrow();
      for (Role role : Role.values()) {
        if (!role.atLeast(least)) {
          api.row(
              softly,
              operation,
              "by a " + role.tag(),
              role.tag(),
              c -> ApiRows.good(c, operation, ApiRows.path(operation), Map.of()),
              ApiRows.Expected.of(ApiError.FORBIDDEN));
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void everyHeaderIsChecked() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : api.operations()) {
      api.row(
          softly,
          operation,
          "from another site",
          operation.role(),
          c ->
              ApiRows.good(
                  c,
                  new Operation("POST", operation.path(), operation.json()),
                  ApiRows.path(operation),
                  Map.of("Origin", "https://evil.example")),
          otherSite(operation));
      if (operation.method().equals("POST")
          && !operation.role().equals("guest")
          && operation.takes().stream().allMatch(ApiRows.JSON::equals)) {
        for (String key : List.of("a b", "x".repeat(256), "\"\"")) {
          api.row(
              softly,
              operation,
              "Idempotency-Key: " + shortened(key),
              operation.role(),
              c ->
                  ApiRows.good(
                      c, operation, ApiRows.path(operation), Map.of("Idempotency-Key", key)),
              ApiRows.Expected.of(ApiError.BAD_REQUEST, "Idempotency-Key", "invalid_format"));
        }
      }
    }
    softly.assertAll();
  }

  private static ApiRows.Expected otherSite(Operation operation) {
    boolean posts =
        api.operations().stream()
            .anyMatch(o -> o.method().equals("POST") && o.path().equals(operation.path()));
    return ApiRows.Expected.of(posts ? ApiError.CSRF_FAILED : ApiError.METHOD_NOT_ALLOWED);
  }

  @Test
  void otherMethodsAreRefused() {
    SoftAssertions softly = new SoftAssertions();
    for (Operation operation : api.operations()) {
      List<String> known = new ArrayList<>(List.of("HEAD"));
      api.operations().stream()
          .filter(o -> o.path().equals(operation.path()))
          .forEach(o -> known.add(o.method()));
      for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        if (!known.contains(method)) {
          api.row(
              softly,
              operation,
              method,
              operation.role(),
              c -> c.call(method, ApiRows.path(operation)),
              ApiRows.Expected.of(ApiError.METHOD_NOT_ALLOWED));
        }
      }
    }
    softly.assertAll();
  }
}
