package dev.nanoctl.server.media;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Names of files in headers and addresses. */
final class FileNames {
  private FileNames() {}

  /** {@code Content-Disposition} for saving under this name, also for those who only know ASCII. */
  static String attachment(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("[^A-Za-z0-9._ -]", "_");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encode(name);
  }

  /** One segment of a path, or a value of RFC 8187: everything but letters, digits and a few. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  /** A path whose segments are encoded and whose slashes stay. */
  static String encodePath(String path) {
    StringBuilder encoded = new StringBuilder();
    for (String segment : path.split("/", -1)) {
      encoded.append(encoded.isEmpty() ? "" : "/").append(encode(segment));
    }
    return encoded.toString();
  }
}
