package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import dev.nanoctl.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OpenApiIT {
  private static TestServer server;
  private static JsonObject document;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    document = Json.parseObject(server.client().get("/openapi.json").raw().body());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Operation(String name, JsonObject json) {}

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    document
        .object("paths")
        .orElseThrow()
        .members()
        .forEach((path, methods) ->
            ((JsonObject) methods)
                .members()
                .forEach((method, operation) ->
                    all.add(new Operation(method + " " + path, (JsonObject) operation))));
    return all;
  }

  @Test
  void everyRouteIsDescribed() {
    SoftAssertions softly = new SoftAssertions();
    assertThat(operations()).hasSizeGreaterThan(15);
    for (Operation operation : operations()) {
      softly
          .assertThat(operation.json().text("summary").orElse(""))
          .as(operation.name())
          .isNotBlank();
      JsonObject responses = operation.json().object("responses").orElseThrow();
      List<String> successes =
          responses.names().stream().filter(status -> status.startsWith("2")).toList();
      softly.assertThat(successes).as("%s succeeds somehow", operation.name()).isNotEmpty();
      for (String status : successes) {
        JsonObject response = responses.object(status).orElseThrow();
        if (!status.equals("204") && !operation.name().startsWith("head ")) {
          softly
              .assertThat(response.object("content"))
              .as("%s says what it answers with %s", operation.name(), status)
              .isPresent();
        }
      }
      if (operation.name().startsWith("post") || operation.name().startsWith("patch")) {
        softly.assertThat(responses.names()).as(operation.name()).contains("500");
      }
    }
    softly.assertAll();
  }

  @Test
  void referencesLeadSomewhere() {
    Set<String> wanted = new TreeSet<>();
    references(document, wanted);
    JsonObject schemas =
        document.object("components").orElseThrow().object("schemas").orElseThrow();
    assertThat(schemas.names()).containsAll(wanted);
    assertThat(wanted).contains("Failure");
  }

  private static void references(JsonValue value, Set<String> found) {
    switch (value) {
      case JsonObject object -> {
        object.text("$ref").ifPresent(ref -> found.add(ref.substring(ref.lastIndexOf('/') + 1)));
        object
            .members()
            .forEach((name, member) -> {
              if (!name.equals("$ref")) {
                references(member, found);
              }
            });
      }
      case dev.nanoctl.core.json.JsonArray array -> array.forEach(each -> references(each, found));
      default -> {}
    }
  }

  @Test
  void everyExampleFitsItsSchema() {
    JsonSchemaCheck check =
        new JsonSchemaCheck(
            document.object("components").orElseThrow().object("schemas").orElseThrow());
    SoftAssertions softly = new SoftAssertions();
    int examples = 0;
    for (Operation operation : operations()) {
      for (Map.Entry<String, JsonValue> response :
          operation.json().object("responses").orElseThrow().members().entrySet()) {
        JsonObject media =
            ((JsonObject) response.getValue())
                .object("content")
                .flatMap(content -> content.object("application/json"))
                .orElse(JsonObject.EMPTY);
        if (media.has("example")) {
          examples++;
          JsonObject schema = media.object("schema").orElseThrow();
          // the page's meta is the same everywhere and not part of examples
          softly
              .assertThat(
                  check.errors(
                      schema.object("properties").orElseThrow().object("data").orElseThrow(),
                      media.object("example").orElseThrow().get("data").orElseThrow()))
              .as("%s %s", operation.name(), response.getKey())
              .isEmpty();
        }
      }
    }
    assertThat(examples).isGreaterThan(2);
    softly.assertAll();
  }

  @Test
  void thePageNeedsNobodyElse() {
    var page = server.client().get("/docs");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).doesNotContain("http://").doesNotContain("https://");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
  }
}
