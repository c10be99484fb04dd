package dev.nanoctl.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadIT {
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server = newServer();

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    int number = asked.incrementAndGet();
    byte[] sent = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/broken" -> exchange.sendResponseHeaders(number % 3 == 0 ? 502 : 204, -1);
        case "/torn" -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write(1);
        }
        case "/slow" -> {
          pause();
          exchange.sendResponseHeaders(204, -1);
        }
        default -> {
          byte[] body = ("got " + sent.length).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, number % 2 == 0 ? 0 : body.length);
          exchange.getResponseBody().write(body);
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Tally.SLOW.plusMillis(50));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Tally run(Ask ask, Duration time) throws InterruptedException {
    try (var load = new Load(server.getAddress(), Duration.ofMillis(1))) {
      Tally tally = load.start(2, number -> ask);
      Thread.sleep(time);
      return tally;
    }
  }

  @Test
  void readsAndWritesThatAreAnsweredAreNoFailures() throws InterruptedException {
    Tally reads = run(Ask.get("/"), Duration.ofMillis(300));
    Tally writes = run(new Ask("POST", "/", Map.of("X-A", "b"), "{}"), Duration.ofMillis(300));
    assertThat(reads.all()).isGreaterThan(10);
    assertThat(writes.all()).isGreaterThan(10);
    assertThat(reads.failed() + writes.failed()).isZero();
    assertThat(reads.all() + writes.all()).isEqualTo(asked.get());
  }

  @Test
  void everyErrorIsCounted() throws InterruptedException {
    Tally tally = run(Ask.get("/broken"), Duration.ofMillis(300));
    assertThat(tally.failed()).isEqualTo(asked.get() / 3).isPositive();
    assertThat(tally.failures().getFirst()).contains("GET /broken: status 502");
  }

  @Test
  void anAnswerThatIsTornOffIsAFailureAndIsNotAskedAgain() throws InterruptedException {
    Tally tally = run(Ask.get("/torn"), Duration.ofMillis(200));
    assertThat(tally.failed()).isEqualTo(tally.all()).isPositive();
    assertThat(tally.all()).isEqualTo(asked.get());
  }

  @Test
  void slowAnswersAreCounted() throws InterruptedException {
    Tally tally = run(Ask.get("/slow"), Duration.ofMillis(100));
    assertThat(tally.slow()).isEqualTo(tally.all()).isPositive();
    assertThat(tally.slowest()).isGreaterThan(Tally.SLOW);
  }

  @Test
  void aServerThatIsGoneFailsEveryRequest() throws InterruptedException {
    server.stop(0);
    Tally tally = run(Ask.get("/"), Duration.ofMillis(100));
    assertThat(tally.failed()).isEqualTo(tally.all()).isPositive();
  }
}
