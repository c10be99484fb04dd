package dev.nanoctl.server.search.meili.fake;

import java.util.Map;
import java.util.Set;

/** A request. */
record FakeRequest(
    String method,
    String path,
    Map<String, Set<String>> query,
    String authorization,
    String type,
    String body) {
  String route() {
    return method + " " + path;
  }

  Object json() {
    if (!type.startsWith("application/json")) {
      throw FakeError.invalid(
          415,
          "invalid_content_type",
          "The Content-Type `"
              + type
              + "` is invalid. Accepted values for the Content-Type header are:"
              + " `application/json`, `application/x-ndjson`, `text/csv`");
    }
    try {
      return FakeJson.parse(body);
    } catch (IllegalArgumentException e) {
      throw FakeError.invalid(
          400,
          "malformed_payload",
          "The `json` payload provided is malformed. `" + e.getMessage() + "`.");
    }
  }

  Map<String, Object> object() {
    return FakeJson.object(json());
  }
}
