package dev.nanoctl.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestClient.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClosingIT {
  @Test
  void requestsUnderWayAreFinishedAndNewcomersAreToldToGo() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    EdgeServer edge =
        new EdgeServer(
            InstantSource.system(),
            EdgeServer.config(1_000, 1_000, Duration.ofSeconds(2)),
            List.of(
                Endpoint.get("slow")
                    .handle(_ -> {
                      started.countDown();
                      assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                      return Answer.ok(json -> json.value("done"));
                    })));
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
    // also beyond the time in which the server goes on answering others
    Thread.sleep(3_000);
    goOn.countDown();
    assertThat(slow.get(5, TimeUnit.SECONDS).json().text("data")).contains("done");
    closing.join();
    Assertions.assertThatThrownBy(() -> client.get("/ready"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000})
  void keepAliveClientsLoseNoRequestWhileTheServerGoes(long linger) throws Exception {
    EdgeServer edge =
        new EdgeServer(
            InstantSource.system(),
            EdgeServer.config(1_000_000, 1_000_000, Duration.ofMillis(linger)),
            List.of(
                Endpoint.post("work")
                    .optionalBody(Schema.object())
                    .handle(_ -> {
                      Thread.sleep(5);
                      return Answer.ok(json -> json.value("done"));
                    })));
    var answered = new AtomicInteger();
    var asked = new AtomicInteger();
    var lost = new ConcurrentLinkedQueue<Exception>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        clients.execute(() -> untilAskedToGo(edge.url().getPort(), answered, asked, lost));
      }
      await().until(() -> answered.get() > 50);
      edge.close();
    }
    assertThat(lost).isEmpty();
    assertThat(asked).hasValue(8);
  }

  @Test
  void theProxyIsMadeToLeaveTheServerOutBeforeItClosesAndLosesNoWrite() throws Exception {
    EdgeServer edge =
        new EdgeServer(
            InstantSource.system(),
            EdgeServer.config(
                1_000_000,
                1_000_000,
                Duration.ofMillis(500),
                TrustedNetworks.of(List.of("127.0.0.1"))),
            List.of(
                Endpoint.get("read").handle(_ -> Answer.ok(json -> json.value("read"))),
                Endpoint.post("work")
                    .optionalBody(Schema.object())
                    .handle(_ -> Answer.ok(json -> json.value("done")))));
    int port = edge.url().getPort();
    String forwarded = "X-Forwarded-For: 203.0.113.7\r\n";
    Thread closing = Thread.ofVirtual().start(edge::close);
    await().until(edge.server::draining);
    assertThat(statusLine(port, "GET /api/v1/read", forwarded)).contains(" 200 ");

    long since = System.nanoTime();
    await().until(() -> statusLine(port, "GET /api/v1/read", forwarded).isEmpty());
    // once is enough for the proxy; what it had sent here before is answered
    assertThat(statusLine(port, "GET /api/v1/read", forwarded)).contains(" 200 ");
    assertThat(statusLine(port, "POST /api/v1/work", forwarded)).contains(" 200 ");
    closing.join();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void whoAsksTheServerItselfIsAlwaysAnswered() throws Exception {
    EdgeServer edge =
        new EdgeServer(
            InstantSource.system(),
            EdgeServer.config(1_000_000, 1_000_000, Duration.ofMillis(200)),
            List.of());
    int port = edge.url().getPort();
    Thread closing = Thread.ofVirtual().start(edge::close);
    await().until(edge.server::draining);
    long end = System.nanoTime() + Duration.ofMillis(900).toNanos();
    while (System.nanoTime() < end) {
      assertThat(statusLine(port, "GET /health", "X-Forwarded-For: 203.0.113.7\r\n"))
          .contains(" 200 ");
    }
    closing.join();
  }

  /** The first line of the answer to a request on a connection of its own; empty without one. */
  private static String statusLine(int port, String request, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: 0\r\n\r\n"
                  .formatted(request, headers)
                  .getBytes(US_ASCII));
      String all = new String(socket.getInputStream().readNBytes(12), US_ASCII);
      return all.isEmpty() ? "" : all + " ";
    }
  }

  /** Posts on one connection as long as it may. */
  private static void untilAskedToGo(
      int port, AtomicInteger answered, AtomicInteger asked, Queue<Exception> lost) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      while (post(socket)) {
        answered.incrementAndGet();
      }
      asked.incrementAndGet();
    } catch (IOException e) {
      lost.add(e);
    }
  }

  /** Posts and reads the answer; false when the server asks to go. */
  private static boolean post(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "POST /api/v1/work HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
                .getBytes(US_ASCII));
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no answer, but " + head);
      }
      head.append((char) next);
    }
    String headers = head.toString().toLowerCase(Locale.ROOT);
    if (!headers.startsWith("http/1.1 200")) {
      throw new IOException(headers);
    }
    int length = headers.indexOf("content-length: ") + "content-length: ".length();
    in.readNBytes(Integer.parseInt(headers.substring(length, headers.indexOf('\r', length))));
    return !headers.contains("connection: close");
  }
}
