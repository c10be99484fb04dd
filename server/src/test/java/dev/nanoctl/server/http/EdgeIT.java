package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestClient.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EdgeIT {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static EdgeServer edge;

  @BeforeAll
  static void start() {
    edge =
        EdgeServer.start(
            Endpoint.get("things")
                .paged()
                .query(
                    Param.choice("sort", "newest", "best").orElse("newest"),
                    Param.text("tag", 5).repeated(),
                    Param.uuid("owner"),
                    Param.time("since"))
                .handle(EdgeIT::list),
            Endpoint.get("things/{id}").handle(call -> text(call.uuid("id").toString())),
            Endpoint.post("things")
                .body(
                    Schema.object()
                        .required("title", Schema.text(3, 10))
                        .required("level", Schema.integer(1, 3))
                        .optional("tags", Schema.set(Schema.text(1, 5), 0, 3)))
                .handle(call -> Answer.created(json -> json.value(call.body().text("title")))),
            Endpoint.post("blobs")
                .bytes(1000, "application/octet-stream")
                .handle(call -> text("" + call.stream().readAllBytes().length)),
            Endpoint.get("mine")
                .access(Access.USER)
                .handle(call -> text(call.principal().username())),
            Endpoint.post("mine").access(Access.USER).handle(_ -> Answer.noContent()),
            Endpoint.get("staff").access(Access.MODERATOR).handle(_ -> text("staff")),
            Endpoint.get("long").handle(_ -> text("ä".repeat(5000))),
            Endpoint.get("row").handle(_ -> text("row").etag(7)),
            Endpoint.patch("row").handle(EdgeIT::patchRow),
            Endpoint.get("broken").handle(_ -> failing()),
            Endpoint.get("half")
                .handle(_ ->
                    Answer.stream(
                        200,
                        "text/plain",
                        10,
                        out -> {
                          out.write("12345".getBytes(StandardCharsets.US_ASCII));
                          out.flush();
                          throw new IOException("the disk is gone");
                        })),
            Endpoint.get("/files/{ticket}/{path*}")
                .hidden()
                .handle(call -> text(call.path("ticket") + ":" + call.path("path"))),
            Endpoint.post("logins").limit(Limit.perAddress("logins", 2)).handle(_ -> text("in")));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  private static Answer text(String text) {
    return Answer.ok(json -> json.value(text));
  }

  private static Answer failing() {
    throw new IllegalStateException("a bug with a secret: hunter2");
  }

  private static Answer patchRow(Call call) {
    call.requireMatch(7);
    return Answer.noContent();
  }

  private static Answer list(Call call) {
    Page page = call.page();
    return Answer.page(page, 45, List.of("a", "b"), JsonWriter::value)
        .meta(m ->
            m.field("sort", call.query("sort").orElseThrow()).texts("tags", call.queries("tag")));
  }

  private static TestClient client() {
    return edge.client();
  }

  @Test
  void anAnswerHasTheEnvelope() {
    Reply reply = client().get("things?page=2&limit=20&tag=x,y&tag=z");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.json().names()).containsExactly("success", "data", "meta", "timestamp");
    assertThat(reply.meta().integer("page")).hasValue(2);
    assertThat(reply.meta().integer("total_pages")).hasValue(3);
    assertThat(reply.meta().array("tags").orElseThrow().texts()).containsExactly("x", "y", "z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|things?page=0|400|BAD_REQUEST",
        "GET|things?page=501|400|BAD_REQUEST",
        "GET|things?limit=101|400|BAD_REQUEST",
        "GET|things?limit=ten|400|BAD_REQUEST",
        "GET|things?sort=worst|400|BAD_REQUEST",
        "GET|things?sort=best&sort=newest|400|BAD_REQUEST",
        "GET|things?tag=abcdef|400|BAD_REQUEST",
        "GET|things?owner=42|400|BAD_REQUEST",
        "GET|things/42|400|BAD_REQUEST",
        "DELETE|things|405|METHOD_NOT_ALLOWED",
        "GET|nothing|404|NOT_FOUND",
        "GET|things/|404|NOT_FOUND",
        "GET|mine|401|UNAUTHORIZED",
        "GET|broken|500|INTERNAL",
      })
  void aBadCallHasACode(String method, String path, int status, String code) {
    Reply reply = client().call(method, path);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().names()).containsExactly("success", "error", "timestamp");
    assertThat(reply.text()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|title:required, level:required",
        "{\"title\": \"ab\", \"level\": 4}|title:too_short, level:too_large",
        "{\"title\": \"          ab        \", \"level\": 1}|title:too_short",
        "{\"title\": \"abcdefghijk\", \"level\": 0}|title:too_long, level:too_small",
        "{\"title\": 5, \"level\": \"1\"}|title:wrong_type, level:wrong_type",
        "{\"title\": \"abc\", \"level\": 1.5}|level:wrong_type",
        "{\"title\": null, \"level\": 1}|title:required",
        "{\"title\": \"abc\", \"level\": 1, \"extra\": 1}|extra:unknown_field",
        "{\"title\": \"abc\", \"level\": 1, \"tags\": [\"a\", \"a\"]}|tags[1]:duplicate",
        "{\"title\": \"abc\", \"level\": 1, \"tags\": [\"a\", 2, \"abcdef\"]}|tags[1]:wrong_type, tags[2]:too_long",
        "{\"title\": \"abc\", \"level\": 1, \"tags\": [\"a\",\"b\",\"c\",\"d\"]}|tags:too_many",
        "{\"title\": \"a\\u0000bc\", \"level\": 1}|title:invalid_format",
        "{\"title\": \"a\\ud800bc\", \"level\": 1}|title:invalid_format",
      })
  void everyWrongFieldIsNamedAtOnce(String body, String expected) {
    Reply reply = client().post("things", body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("VALIDATION_ERROR");
    assertThat(
            String.join(
                ", ",
                reply.fields().entrySet().stream()
                    .map(f -> f.getKey() + ":" + f.getValue())
                    .toList()))
        .isEqualTo(expected);
  }

  @Test
  void aBodyThatIsNotJsonIsRefused() {
    assertThat(client().post("things", "{\"title\"").code()).isEqualTo("BAD_REQUEST");
    assertThat(client().post("things", "[]").code()).isEqualTo("VALIDATION_ERROR");
    assertThat(client().bytes("POST", "things", new byte[] {(byte) 0xff, 1}, JSON).code())
        .isEqualTo("BAD_REQUEST");
    assertThat(client().bytes("POST", "things", new byte[] {1}, Map.of()).status()).isEqualTo(415);
    assertThat(client().bytes("POST", "things", new byte[300_000], JSON).status()).isEqualTo(413);
    assertThat(
            client()
                .bytes(
                    "POST",
                    "things",
                    new byte[10],
                    Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"))
                .code())
        .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    assertThat(client().post("things", "{\"title\": \" abc \", \"level\": 1}").json().text("data"))
        .contains("abc");
  }

  @Test
  void aStreamedBodyEndsAtItsLimit() {
    Map<String, String> type = Map.of("Content-Type", "application/octet-stream");
    assertThat(client().bytes("POST", "blobs", new byte[1000], type).json().text("data"))
        .contains("1000");
    assertThat(client().bytes("POST", "blobs", new byte[1001], type).code())
        .isEqualTo("PAYLOAD_TOO_LARGE");
    assertThat(client().bytes("POST", "blobs", new byte[1], JSON).code())
        .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void methodsThatExistAreNamed() {
    assertThat(client().call("DELETE", "things").header("Allow")).isEqualTo("GET, HEAD, POST");
  }

  @Test
  void aHeadIsAGetWithoutContent() {
    Reply head = client().call("HEAD", "long");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.raw().body()).isEmpty();
    assertThat(Integer.parseInt(head.header("Content-Length"))).isGreaterThan(10_000);
    assertThat(client().call("HEAD", "nothing").status()).isEqualTo(404);
  }

  @Test
  void longAnswersAreCompressedForThoseWhoUnderstand() throws IOException {
    Reply plain = client().get("long");
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
    Reply packed = client().get("long", Map.of("Accept-Encoding", "br, gzip;q=0.8"));
    assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.raw().body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("ä".repeat(5000));
    }
    assertThat(
            client().get("long", Map.of("Accept-Encoding", "gzip;q=0")).header("Content-Encoding"))
        .isEmpty();
  }

  @Test
  void rolesDecideWhoMayCome() {
    assertThat(as("consumer-1").get("mine").json().text("data")).contains("somebody");
    assertThat(as("creator-1").get("staff").code()).isEqualTo("FORBIDDEN");
    assertThat(as("moderator-1").get("staff").status()).isEqualTo(200);
    assertThat(as("admin-1").get("staff").status()).isEqualTo(200);
    assertThat(as("nonsense").get("mine").code()).isEqualTo("TOKEN_EXPIRED");
    assertThat(as("nonsense").get("mine").header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  private static TestClient as(String token) {
    return client().with("Authorization", "Bearer " + token);
  }

  @Test
  void aCookieAloneChangesNothing() {
    TestClient browser = client().with("Cookie", "theme=dark; at=consumer-1");
    assertThat(browser.get("mine").status()).isEqualTo(200);
    assertThat(browser.call("POST", "mine").code()).isEqualTo("CSRF_FAILED");
    assertThat(browser.with("X-CSRF-Token", "wrong").call("POST", "mine").code())
        .isEqualTo("CSRF_FAILED");
    assertThat(browser.with("X-CSRF-Token", "csrf").call("POST", "mine").status()).isEqualTo(204);
  }

  @Test
  void otherSitesMayNotChangeAnything() {
    TestClient browser = as("consumer-1");
    assertThat(browser.with("Origin", "https://evil.example").call("POST", "mine").code())
        .isEqualTo("CSRF_FAILED");
    assertThat(browser.with("Origin", "null").call("POST", "mine").code()).isEqualTo("CSRF_FAILED");
    assertThat(browser.with("Origin", "http://nano.example").call("POST", "mine").status())
        .isEqualTo(204);
    String here = edge.url().toString();
    assertThat(browser.with("Origin", here).call("POST", "mine").status()).isEqualTo(204);
    assertThat(
            browser
                .with("Origin", "")
                .with("Sec-Fetch-Site", "cross-site")
                .call("POST", "mine")
                .code())
        .isEqualTo("CSRF_FAILED");
  }

  @Test
  void rowsHaveVersions() {
    Reply row = client().get("row");
    assertThat(row.header("ETag")).isEqualTo("\"7\"");
    Reply same = client().get("row", Map.of("If-None-Match", "W/\"7\", \"8\""));
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.raw().body()).isEmpty();
    assertThat(client().with("If-Match", "\"6\"").call("PATCH", "row").code())
        .isEqualTo("PRECONDITION_FAILED");
    assertThat(client().with("If-Match", "\"7\"").call("PATCH", "row").status()).isEqualTo(204);
  }

  @Test
  void aLimitedEndpointAsksToWait() {
    assertThat(client().call("POST", "logins").status()).isEqualTo(200);
    assertThat(client().call("POST", "logins").status()).isEqualTo(200);
    Reply refused = client().call("POST", "logins");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("RATE_LIMITED");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
  }

  @Test
  void aStreamThatFailsIsBrokenOff() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> client().get("half"))
        .isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(client().get("row").status()).isEqualTo(200);
  }

  @Test
  void theRestOfAPathIsOneValue() {
    assertThat(client().get("/files/t%2F1/a/b%20c.html").json().text("data"))
        .contains("t/1:a/b c.html");
  }

  @Test
  void aHarmlessRequestIdIsKept() {
    assertThat(client().get("row", Map.of("X-Request-Id", "abc-12345")).header("X-Request-Id"))
        .isEqualTo("abc-12345");
    assertThat(client().get("row", Map.of("X-Request-Id", "x\"}; drop")).header("X-Request-Id"))
        .matches("[0-9a-f]{32}");
  }

  @Test
  void theLogHasNoQueriesAndNoSecretPaths() {
    Map<String, String> mark = Map.of("X-Request-Id", "read-the-log");
    client().get("things?tag=tok3n", mark);
    client().get("/files/secret-ticket/index.html", mark);
    await().atMost(Duration.ofSeconds(5)).until(() -> marked("read-the-log").size() == 2);
    assertThat(marked("read-the-log"))
        .extracting(AccessLog.Line::path)
        .containsExactlyInAnyOrder("/api/v1/things", "/files/{ticket}/{path*}");
    assertThat(marked("read-the-log").getFirst().caller().network()).isEqualTo("127.0.0.0/24");
  }

  /** What the log has of requests with this id; lines come a moment after their answers. */
  private static List<AccessLog.Line> marked(String requestId) {
    return edge.log.stream().filter(line -> line.caller().requestId().equals(requestId)).toList();
  }
}
