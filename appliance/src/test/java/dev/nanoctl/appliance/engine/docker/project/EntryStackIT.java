package dev.nanoctl.appliance.engine.docker.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The real entry from the rendered project, in front of small applications in containers. */
@TestInstance(Lifecycle.PER_CLASS)
final class EntryStackIT {
  private static final String TOKEN = "geheim-4711";

  @TempDir private static Path folder;
  private EntrySite site;
  private EntryClient entry;

  @BeforeAll
  void start() throws Exception {
    site = new EntrySite(folder);
    entry = site.entry();
  }

  @AfterAll
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void theSixthSignInWithinAMinuteIsAskedToWait() throws Exception {
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 6; i++) {
      statuses.add(entry.post("/api/v1/auth/login", "{}").statusCode());
    }
    HttpResponse<String> refused = entry.post("/api/v1/auth/login", "{}");

    assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 429);
    assertThat(Json.parseObject(refused.body()).object("error").orElseThrow().text("code"))
        .hasValue("RATE_LIMITED");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(entry.post("/api/v1/other", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void onlyTheAskedPartOfADownloadIsSent() throws Exception {
    HttpResponse<String> part = entry.get("/api/v1/download", "Range", "bytes=100-104");

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 100-104/100000");
    assertThat(part.body()).isEqualTo("defgh");
  }

  @Test
  void anUploadReachesTheApplicationWhileItIsStillSent() throws Exception {
    int half = 1 << 20;
    var sink = new PipedOutputStream();
    var source = new PipedInputStream(sink, 64 * 1024);
    long before = site.seen("")[1];
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> sent =
          threads.submit(() ->
              entry.send(
                  "PATCH",
                  "/api/v1/uploads/1",
                  BodyPublishers.fromPublisher(
                      BodyPublishers.ofInputStream(() -> source), 2L * half)));
      sink.write(new byte[half]);
      sink.flush();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> site.seen("")[1] - before > half / 2);
      assertThat(sent.isDone()).isFalse();
      sink.write(new byte[half]);
      sink.close();
      assertThat(sent.get(20, TimeUnit.SECONDS).body()).isEqualTo("got " + 2 * half);
    }
  }

  @Test
  void aLargeUploadNeedsNoMemoryAndATooLargeOneIsRefused() throws Exception {
    long size = 100L << 20;
    HttpResponse<String> sent =
        site.modern()
            .send(
                "PATCH",
                "/api/v1/uploads/1",
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> zeros(size)), size));
    long refused = 120L << 20;
    int status =
        StackSite.attempt(
                    "curl",
                    "-sk",
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{http_code}",
                    "-X",
                    "PATCH",
                    "-H",
                    "Content-Length: " + refused,
                    "-H",
                    "Expect:",
                    "--data-binary",
                    "x",
                    entry.https("/api/v1/uploads/1").toString())
                .output()
                .equals("413")
            ? 413
            : 0;

    assertThat(sent.body()).isEqualTo("got " + size);
    assertThat(status).isEqualTo(413);
    long peak =
        Long.parseLong(
            StackSite.run(
                    "docker",
                    "exec",
                    site.container("entry"),
                    "sh",
                    "-c",
                    "cat /sys/fs/cgroup/memory.peak 2>/dev/null"
                        + " || cat /sys/fs/cgroup/memory/memory.max_usage_in_bytes")
                .strip());
    assertThat(peak).isLessThan(48L << 20);
  }

  private static InputStream zeros(long size) {
    return new InputStream() {
      private long left = size;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        int count = (int) Math.min(length, left);
        left -= count;
        return count > 0 ? count : -1;
      }
    };
  }

  @Test
  void aWebSocketIsPassedThrough() throws Exception {
    var heard = new CompletableFuture<String>();
    entry
        .http()
        .newWebSocketBuilder()
        .buildAsync(
            URI.create(entry.https("/api/v1/live").toString().replace("https", "wss")),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                heard.complete(text.toString());
                return CompletableFuture.completedFuture(null);
              }
            })
        .get(10, TimeUnit.SECONDS)
        .sendText("hallo", true)
        .get(10, TimeUnit.SECONDS);

    assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("hallo");
  }

  @Test
  void plainHttpOnlySendsOnToHttpsAndAnswersChallenges() throws Exception {
    Files.writeString(site.root().resolve("state/acme-challenge/abc_-9"), "abc_-9.thumb");
    HttpResponse<String> sentOn = plain("/nanos?q=1");
    HttpResponse<String> challenge = plain("/.well-known/acme-challenge/abc_-9");

    assertThat(sentOn.statusCode()).isEqualTo(308);
    assertThat(sentOn.headers().firstValue("Location"))
        .hasValue(entry.https("/nanos?q=1").toString());
    assertThat(challenge.statusCode()).isEqualTo(200);
    assertThat(challenge.body()).isEqualTo("abc_-9.thumb");
    assertThat(plain("/.well-known/acme-challenge/none").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> plain(String path) throws Exception {
    return entry
        .http()
        .send(
            HttpRequest.newBuilder(entry.plain(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void everyHeaderOfProtectionIsThereOnce() throws Exception {
    for (String path : List.of("/api/v1/nanos", "/")) {
      var headers = entry.get(path).headers();
      assertThat(headers.allValues("Strict-Transport-Security"))
          .containsExactly("max-age=31536000");
      assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(headers.allValues("Referrer-Policy"))
          .containsExactly(path.equals("/") ? "same-origin" : "no-referrer");
      assertThat(headers.allValues("X-Request-Id")).hasSize(1).doesNotContain("of-the-application");
      assertThat(headers.firstValue("Server")).hasValue("nginx");
    }
  }

  @Test
  void onlyTls12AndNewerAreSpokenAndHttp2IsOffered() throws Exception {
    int port = site.spec().web().httpsPort();

    assertThat(ClientHello.answer(port, 0x0301)).as("TLS 1.0").isEqualTo(ClientHello.REFUSED);
    assertThat(ClientHello.answer(port, 0x0302)).as("TLS 1.1").isEqualTo(ClientHello.REFUSED);
    assertThat(ClientHello.answer(port, 0x0303)).as("TLS 1.2").isEqualTo(ClientHello.ACCEPTED);
    assertThat(site.modern().get("/").version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(site.modern().get("/").sslSession().orElseThrow().getProtocol())
        .isEqualTo("TLSv1.3");
  }

  @Test
  void theApplicationHearsFromTheEntryAloneWhoAsks() throws Exception {
    String headers =
        entry.get("/headers", "X-Forwarded-For", "203.0.113.7", "X-Forwarded-Proto", "http").body();

    assertThat(headers).contains("x-forwarded-proto=https").doesNotContain("203.0.113.7");
    assertThat(headers).containsPattern("x-forwarded-for=[0-9.]+[,}]");
    assertThat(entry.get("/metrics").statusCode()).isEqualTo(404);
  }

  @Test
  void largeTextIsCompressed() throws Exception {
    assertThat(entry.get("/", "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
        .hasValue("gzip");
  }

  @Test
  void theLogIsJsonAndShowsNoSecret() throws Exception {
    entry.get("/set-password?token=" + TOKEN, "Cookie", "at=" + TOKEN);
    entry.get("/preview/" + TOKEN + "/index.html?x=" + TOKEN, "Referer", "https://a/?t=" + TOKEN);
    entry.get("/\"quoted\\path".replace("\"", "%22").replace("\\", "%5C"));
    String marker = "/seen-" + System.nanoTime();
    entry.get(marker);
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> site.compose("logs", "--no-log-prefix", "entry").contains(marker));

    List<String> lines = site.compose("logs", "--no-log-prefix", "entry").lines().toList();
    assertThat(lines).hasSizeGreaterThan(3).noneMatch(line -> line.contains(TOKEN));
    assertThat(lines)
        .allSatisfy(line -> assertThat(Json.parseObject(line).text("path")).isPresent());
    JsonObject last =
        Json.parseObject(
            lines.stream().filter(line -> line.contains(marker)).findFirst().orElseThrow());
    assertThat(last.text("network").orElseThrow()).endsWith(".0/24");
    assertThat(last.integer("status")).hasValue(200L);
  }
}
