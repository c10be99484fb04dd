package dev.nanoctl.bench.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The upper limit: a bare Helidon handler that sends the bytes and the headers of a recorded answer
 * and does nothing else. What the product reaches is read against it.
 */
public final class RawHandler {
  private RawHandler() {}

  /**
   * Serves until it is ended.
   *
   * @param args the file of the body, the file of the headers (lines {@code name: value}), and the
   *     file that receives the port
   */
  public static void main(String[] args) throws IOException {
    byte[] body = Files.readAllBytes(Path.of(args[0]));
    List<String[]> headers = headers(Files.readAllLines(Path.of(args[1])));
    WebServer server = start(body, headers);
    Files.writeString(Path.of(args[2]), Integer.toString(server.port()));
  }

  static WebServer start(byte[] body, List<String[]> headers) {
    return WebServer.builder()
        .host("127.0.0.1")
        .port(0)
        .connectionOptions(options -> options.tcpNoDelay(true))
        .routing(routing -> routing.any((request, response) -> send(response, body, headers)))
        .build()
        .start();
  }

  /** The headers worth repeating: not those that the server sets itself. */
  static List<String[]> headers(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains(": "))
        .map(line -> line.strip().split(": ", 2))
        .filter(header -> !List.of("content-length", "connection", "date").contains(lower(header)))
        .toList();
  }

  private static String lower(String[] header) {
    return header[0].toLowerCase(java.util.Locale.ROOT);
  }

  private static void send(ServerResponse response, byte[] body, List<String[]> headers) {
    for (String[] header : headers) {
      response.header(HeaderNames.create(header[0]), header[1]);
    }
    response.send(body);
  }
}
