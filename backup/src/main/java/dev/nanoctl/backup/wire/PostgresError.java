package dev.nanoctl.backup.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server said was wrong.
 *
 * @param state the five characters of the SQLSTATE, {@code XX000} when it gave none
 * @param message one sentence of the server's
 * @param detail more of it, possibly empty
 */
public record PostgresError(String severity, String state, String message, String detail) {
  static PostgresError read(ByteBuffer body) {
    Map<Character, String> fields = new TreeMap<>();
    while (body.hasRemaining()) {
      char field = (char) body.get();
      if (field == 0) {
        break;
      }
      fields.put(field, text(body));
    }
    return new PostgresError(
        fields.getOrDefault('V', fields.getOrDefault('S', "ERROR")),
        fields.getOrDefault('C', "XX000"),
        fields.getOrDefault('M', "no reason given"),
        fields.getOrDefault('D', ""));
  }

  /** A text that ends with a zero byte. */
  static String text(ByteBuffer body) {
    int start = body.position();
    while (body.hasRemaining()) {
      if (body.get() == 0) {
        return slice(body, start, body.position() - 1 - start);
      }
    }
    return slice(body, start, body.position() - start);
  }

  private static String slice(ByteBuffer body, int start, int length) {
    byte[] bytes = new byte[length];
    body.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "%s %s: %s%s"
        .formatted(severity, state, message, detail.isEmpty() ? "" : " (" + detail + ")");
  }
}
