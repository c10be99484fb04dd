package dev.nanoctl.server.search.meili.fake;

import java.util.Map;

/** An error as Meilisearch answers it. */
final class FakeError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String type;

  private FakeError(int status, String code, String type, String message) {
    super(message);
    this.status = status;
    this.code = code;
    this.type = type;
  }

  static FakeError invalid(int status, String code, String message) {
    return new FakeError(status, code, "invalid_request", message);
  }

  static FakeError auth(int status, String code, String message) {
    return new FakeError(status, code, "auth", message);
  }

  static FakeError noIndex(String uid) {
    return invalid(404, "index_not_found", "Index `" + uid + "` not found.");
  }

  static FakeError badFilter(String message) {
    return invalid(400, "invalid_search_filter", message);
  }

  int status() {
    return status;
  }

  Map<String, Object> body() {
    return FakeJson.of(
        "message",
        String.valueOf(getMessage()),
        "code",
        code,
        "type",
        type,
        "link",
        "https://docs.meilisearch.com/errors#" + code);
  }
}
