package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.server.testing.TestClient.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CachedAnswersIT {
  private final AtomicInteger renderings = new AtomicInteger();
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch changed = new CountDownLatch(1);
  private volatile String shown = "first";
  private EdgeServer edge;

  @BeforeEach
  void start() {
    edge =
        EdgeServer.start(
            Endpoint.get("nanos/{id}")
                .cached("nanos")
                .handle(call -> {
                  renderings.incrementAndGet();
                  return text(shown).shows("nano:" + call.path("id"));
                }),
            Endpoint.get("drafts").cached("nanos").handle(_ -> draft()),
            Endpoint.get("slow").cached("nanos").handle(_ -> slow()));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private static Answer text(String text) {
    return Answer.ok(json -> json.value(text.repeat(300)));
  }

  private Answer draft() {
    renderings.incrementAndGet();
    return text("draft").cacheControl("no-store");
  }

  private Answer slow() throws InterruptedException {
    String read = shown;
    reading.countDown();
    assertThat(changed.await(5, TimeUnit.SECONDS)).isTrue();
    return text(read);
  }

  @Test
  void anAnswerIsRenderedOnceUntilWhatItShowsChanges() {
    Reply first = edge.client().get("nanos/1");
    Reply second = edge.client().get("nanos/1");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).isNotEmpty();
    assertThat(second.header("Cache-Control"))
        .isEqualTo("public, max-age=60, stale-while-revalidate=300");
    assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
    assertThat(renderings).hasValue(1);

    edge.cache.changed("nano:2");
    edge.client().get("nanos/1");
    assertThat(renderings).hasValue(1);

    shown = "second";
    edge.cache.changed("nano:1");
    assertThat(edge.client().get("nanos/1").text()).contains("second");
    edge.cache.changed("nanos");
    edge.client().get("nanos/1");
    edge.cache.changedAll();
    edge.client().get("nanos/1");
    assertThat(renderings).hasValue(4);
  }

  @Test
  void queriesAreToldApart() {
    edge.client().get("nanos/1?a=1");
    edge.client().get("nanos/1?a=2");
    edge.client().get("nanos/1");
    assertThat(renderings).hasValue(3);
  }

  @Test
  void whoHasItAlreadyIsSentNothing() {
    String etag = edge.client().get("nanos/1").header("ETag");
    Reply same = edge.client().get("nanos/1", Map.of("If-None-Match", etag));
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.raw().body()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(etag);
    assertThat(renderings).hasValue(1);
  }

  @Test
  void keptAnswersAreCompressedAndHaveHeads() {
    edge.client().get("nanos/1");
    Reply packed = edge.client().get("nanos/1", Map.of("Accept-Encoding", "gzip"));
    assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(packed.raw().body().length).isLessThan(500);
    Reply head = edge.client().call("HEAD", "nanos/1");
    assertThat(head.raw().body()).isEmpty();
    assertThat(head.header("Content-Length")).isNotEqualTo("0");
    assertThat(renderings).hasValue(1);
  }

  @Test
  void anAnswerForOneReaderIsNotKept() {
    edge.client().get("drafts");
    edge.client().get("drafts");
    assertThat(renderings).hasValue(2);
  }

  @Test
  void whatWasReadBeforeAChangeIsNotKeptAfterIt() throws InterruptedException {
    Thread reader = Thread.ofVirtual().start(() -> edge.client().get("slow"));
    assertThat(reading.await(5, TimeUnit.SECONDS)).isTrue();
    shown = "second";
    edge.cache.changed("nanos");
    changed.countDown();
    reader.join();
    assertThat(edge.client().get("slow").text()).contains("second");
  }

  @Test
  void hitsAreCounted() {
    edge.client().get("nanos/1");
    edge.client().get("nanos/1");
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() ->
            assertThat(edge.client().get("/metrics").text())
                .contains("http_answer_cache_total{outcome=\"hit\"} 1")
                .contains("http_answer_cache_total{outcome=\"miss\"} 1")
                .contains(
                    "http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/nanos/{id}\"} 2"));
  }
}
