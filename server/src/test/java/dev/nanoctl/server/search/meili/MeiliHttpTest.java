package dev.nanoctl.server.search.meili;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class MeiliHttpTest {
  /** A compressed answer is 40 ms later: the real server sends it in two pieces. */
  @Test
  void answersAreAskedForAsTheyAre() throws IOException {
    var asked = new ConcurrentLinkedQueue<List<String>>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()));
          byte[] answer = "{\"status\":\"available\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (var http = new MeiliHttp(MeiliSettings.of(url, new Secret("a-key-of-tests")))) {
      http.get("/health");
    } finally {
      server.stop(0);
    }
    assertThat(asked).containsExactly(List.of("identity"));
  }
}
