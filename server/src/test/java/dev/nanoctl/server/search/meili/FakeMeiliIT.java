package dev.nanoctl.server.search.meili;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.search.meili.fake.FakeJson;
import dev.nanoctl.server.search.meili.fake.FakeMeili;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The double answers what a real Meilisearch 1.50.0 answered when these requests were put to it:
 * status, codes, names of fields, the life of tasks, hits and their order, counts.
 */
final class FakeMeiliIT {
  private static final String KEY = "the-master-key-of-tests";

  /** Scores are Meilisearch's own affair; the product asks for none. */
  private static final Set<String> NOT_ASKED = Set.of("ranking score");

  /** What differs from run to run. */
  private static final Set<String> OF_THE_RUN =
      Set.of(
          "uid",
          "taskUid",
          "batchUid",
          "enqueuedAt",
          "startedAt",
          "finishedAt",
          "duration",
          "requestUid",
          "processingTimeMs",
          "key",
          "createdAt",
          "updatedAt",
          "commitSha",
          "commitDate",
          "dumpUid",
          "rawDocumentDbSize",
          "avgDocumentSize",
          "from",
          "next",
          "batchStrategy");

  /** Errors whose messages repeat a parser's own words. */
  private static final Set<String> OWN_WORDS =
      Set.of("malformed_payload", "invalid_search_filter", "bad_request");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> tasks = new HashMap<>();
  private String otherKey = "some-other-key";
  private FakeMeili server = FakeMeili.start(KEY);

  @BeforeEach
  void start() {
    server.close();
    server = FakeMeili.start(KEY);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void itAnswersLikeTheRealOne() throws Exception {
    int compared = 0;
    for (String line : recorded()) {
      Map<String, Object> exchange = FakeJson.object(FakeJson.parse(line));
      String why = exchange.getOrDefault("why", "").toString();
      if (!NOT_ASKED.contains(why)) {
        compare(why, member(exchange, "request"), member(exchange, "response"));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(70);
  }

  private void compare(String why, Map<String, Object> request, Map<String, Object> expected)
      throws Exception {
    Map<String, Object> wanted = member(expected, "body");
    HttpResponse<String> response = send(why, request);
    Map<String, Object> got = FakeJson.object(FakeJson.parse(response.body()));
    if (wanted.containsKey("taskUid")) {
      tasks.put(wanted.get("taskUid").toString(), String.valueOf(got.get("taskUid")));
    }
    if (wanted.containsKey("key")) {
      otherKey = String.valueOf(got.get("key"));
    }
    assertThat(response.statusCode())
        .as("%s: %s", why, response.body())
        .isEqualTo(Integer.parseInt(String.valueOf(expected.get("status"))));
    if (why.equals("task right after enqueueing")) {
      // how far it is by then is a matter of luck
      assertThat(got.keySet()).as(why).isEqualTo(wanted.keySet());
      assertThat(got.get("type")).as(why).isEqualTo(wanted.get("type"));
    } else {
      assertThat(plain(got)).as(why).isEqualTo(plain(wanted));
    }
  }

  private static Map<String, Object> member(Map<String, Object> object, String name) {
    return FakeJson.object(Objects.requireNonNull(object.get(name)));
  }

  private HttpResponse<String> send(String why, Map<String, Object> request) throws Exception {
    String path = String.valueOf(request.get("path"));
    if (path.startsWith("/tasks/")) {
      path = "/tasks/" + tasks.get(path.substring(7));
    }
    Object body = Objects.requireNonNull(request.get("body"));
    String text =
        body.equals(FakeJson.NULL) ? "" : body instanceof String raw ? raw : FakeJson.text(body);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(
                String.valueOf(request.get("method")), HttpRequest.BodyPublishers.ofString(text));
    switch (String.valueOf(request.get("auth"))) {
      case "master" -> builder.header("Authorization", "Bearer " + KEY);
      case "other" -> builder.header("Authorization", "Bearer " + otherKey);
      default -> {}
    }
    if (request.get("contentType") instanceof String type) {
      builder.header("Content-Type", type);
    }
    HttpResponse<String> response = send(builder.build());
    while (why.equals("task when done")
        && response.body().matches("(?s).*(enqueued|processing)\".*")) {
      Thread.sleep(5);
      response = send(builder.build());
    }
    return response;
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The answer without what differs from run to run. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new TreeMap<>();
      FakeJson.object(map)
          .forEach((name, member) -> {
            boolean ofTheRun = OF_THE_RUN.contains(name);
            boolean own =
                name.equals("message") && OWN_WORDS.contains(String.valueOf(map.get("code")));
            // the recorded server had tasks before
            boolean counted = name.equals("total") && map.containsKey("next");
            plain.put(name, ofTheRun || own || counted ? "…" : plain(member));
          });
      return plain;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(FakeMeiliIT::plain).toList();
    }
    return value.toString().replaceFirst("\\.0+$", "");
  }

  private static List<String> recorded() throws IOException {
    try (InputStream in = FakeMeiliIT.class.getResourceAsStream("recorded.jsonl")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
