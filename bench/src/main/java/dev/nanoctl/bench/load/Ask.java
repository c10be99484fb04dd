package dev.nanoctl.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request of a load.
 *
 * @param method such as {@code GET}
 * @param path with its query
 * @param headers beside those every request has
 * @param body a JSON text; empty for none
 */
public record Ask(String method, String path, Map<String, String> headers, String body) {
  /** Keeps its own copy. */
  public Ask {
    headers = Map.copyOf(headers);
  }

  /** A read. */
  public static Ask get(String path) {
    return new Ask("GET", path, Map.of(), "");
  }

  /** As bytes on the wire, for that host. */
  byte[] bytes(String host) {
    var text = new StringBuilder();
    text.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    headers.forEach((name, value) -> text.append("\r\n").append(name).append(": ").append(value));
    if (!body.isEmpty()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      text.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(length);
    }
    return text.append("\r\n\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
  }
}
