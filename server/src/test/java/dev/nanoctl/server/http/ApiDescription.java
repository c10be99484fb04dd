package dev.nanoctl.server.http;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import dev.nanoctl.server.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a running server says of its endpoints in {@code /openapi.json}. */
final class ApiDescription {
  private static final String PREFIX = "Needs at least the role ";

  /**
   * One endpoint.
   *
   * @param method in capitals
   * @param path with its placeholders
   * @param json its description
   */
  record Operation(String method, String path, JsonObject json) {
    /** The tag of the least role that may call, or {@code guest}. */
    String role() {
      return json.text("description")
          .map(text -> text.substring(PREFIX.length(), text.length() - 1))
          .orElse("guest");
    }

    /** The parameters that stand in this part of a request: {@code path} or {@code query}. */
    List<JsonObject> parameters(String in) {
      return json.array("parameters")
          .orElse(new JsonArray(List.of()))
          .objects()
          .filter(parameter -> parameter.text("in").orElseThrow().equals(in))
          .toList();
    }

    /** The types of content it takes; empty when it takes none. */
    Set<String> takes() {
      return json.object("requestBody")
          .flatMap(body -> body.object("content"))
          .map(JsonObject::names)
          .orElse(Set.of());
    }

    /** The shape of the JSON it takes. */
    Optional<JsonObject> body() {
      return json.object("requestBody")
          .flatMap(body -> body.object("content"))
          .flatMap(content -> content.object("application/json"))
          .flatMap(media -> media.object("schema"));
    }

    /** Whether a request without JSON is refused. */
    boolean bodyRequired() {
      return json.object("requestBody").flatMap(body -> body.bool("required")).orElse(false);
    }

    /** The codes of the errors that it says it answers with. */
    Set<String> errors() {
      Set<String> codes = new TreeSet<>();
      json.object("responses")
          .orElseThrow()
          .members()
          .forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
              String all = ((JsonObject) response).text("description").orElseThrow();
              codes.addAll(List.of(all.split(", ")));
            }
          });
      return codes;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private ApiDescription() {}

  /** Every endpoint that the server describes. */
  static List<Operation> read(TestClient client) {
    JsonObject paths =
        Json.parseObject(client.get("/openapi.json").raw().body()).object("paths").orElseThrow();
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonValue> path : paths.members().entrySet()) {
      ((JsonObject) path.getValue())
          .members()
          .forEach((method, operation) ->
              all.add(
                  new Operation(
                      method.toUpperCase(Locale.ROOT), path.getKey(), (JsonObject) operation)));
    }
    return all;
  }
}
