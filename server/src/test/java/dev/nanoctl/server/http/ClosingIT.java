package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestClient.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class ClosingIT {
  @Test
  void requestsUnderWayAreFinishedAndNewcomersAreToldToGo() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    EdgeServer edge =
        EdgeServer.start(
            Endpoint.get("slow")
                .handle(_ -> {
                  started.countDown();
                  assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                  return Answer.ok(json -> json.value("done"));
                }));
    TestClient client = edge.client();
    assertThat(client.get("/ready").status()).isEqualTo(200);
    CompletableFuture<Reply> slow = CompletableFuture.supplyAsync(() -> edge.client().get("slow"));
    assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
    Thread closing = Thread.ofVirtual().start(edge::close);
    await().atMost(Duration.ofSeconds(2)).until(edge.server::draining);
    Reply ready = client.get("/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.code()).isEqualTo("DEPENDENCY_DOWN");
    assertThat(ready.header("Connection")).isEqualTo("close");
    goOn.countDown();
    assertThat(slow.get(5, TimeUnit.SECONDS).json().text("data")).contains("done");
    closing.join();
    Assertions.assertThatThrownBy(() -> client.get("/ready"))
        .isInstanceOf(UncheckedIOException.class);
  }
}
