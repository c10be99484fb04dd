package dev.nanoctl.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawHandlerTest {
  @Test
  void itRepeatsTheRecordedAnswer() throws IOException, InterruptedException {
    byte[] body = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);
    List<String[]> headers =
        RawHandler.headers(
            List.of("HTTP/1.1 200 OK", "Content-Length: 99", "Content-Type: application/json", ""));

    WebServer server = RawHandler.start(body, headers);
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/nanos");
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"success\":true}");
      assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    } finally {
      server.stop();
    }
  }
}
