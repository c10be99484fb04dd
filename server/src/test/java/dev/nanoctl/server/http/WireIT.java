package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests no proper client would send. */
final class WireIT {
  private static EdgeServer edge;

  @BeforeAll
  static void start() {
    edge =
        EdgeServer.start(
            Endpoint.post("things")
                .body(Schema.object().required("title", Schema.text(1, 10)))
                .handle(call -> Answer.created(json -> json.value(call.body().text("title")))));
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GARBAGE\\r\\n\\r\\n|400|BAD_REQUEST",
        "GET /api/v1/x HTTP/1.1\\r\\n\\r\\n|400|BAD_REQUEST",
        "GET /api/v1/%ZZ HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n|400|BAD_REQUEST",
        "GET /api/v1/{x} HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n|400|BAD_REQUEST",
        "POST /api/v1/things HTTP/1.1\\r\\nHost: a\\r\\nContent-Type: application/json\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nZZ\\r\\n|400|BAD_REQUEST",
        "POST /api/v1/things HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -5\\r\\n\\r\\n|400|BAD_REQUEST",
        "GET /api/v1/../../etc/passwd HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n|404|NOT_FOUND",
        "TRACE /health HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n|405|METHOD_NOT_ALLOWED",
      })
  void brokenRequestsGetTheEnvelope(String request, int status, String code) throws IOException {
    String answer = send(request.replace("\\r\\n", "\r\n"));
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(answer).contains("\"success\":false").contains("\"code\":\"" + code + "\"");
  }

  @org.junit.jupiter.api.Test
  void headersThatAreTooLongGetTheEnvelope() throws IOException {
    String answer =
        send("GET /health HTTP/1.1\r\nHost: a\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 4(00|31).*\"success\":false.*");
  }

  private static String send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.server.port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      StringBuilder answer = new StringBuilder();
      byte[] buffer = new byte[4096];
      while (!answer.toString().contains("\"timestamp\"")) {
        int count = socket.getInputStream().read(buffer);
        if (count < 0) {
          break;
        }
        answer.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
      }
      return answer.toString();
    }
  }
}
