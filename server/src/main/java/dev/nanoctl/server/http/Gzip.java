package dev.nanoctl.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses what is worth it. */
final class Gzip {
  private static final int LEAST = 1024;

  private Gzip() {}

  static boolean accepted(String acceptEncoding) {
    for (String part : acceptEncoding.split(",", 20)) {
      String[] pieces = part.split(";", 2);
      String name = pieces[0].strip();
      if (name.equalsIgnoreCase("gzip") || name.equals("*")) {
        return pieces.length == 1 || !pieces[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  static boolean worthwhile(String mediaType, int length) {
    return length >= LEAST
        && (mediaType.startsWith("text/")
            || mediaType.startsWith("application/json")
            || mediaType.startsWith("application/manifest+json")
            || mediaType.startsWith("image/svg+xml"));
  }

  /** The bytes compressed; null when that makes them no smaller. */
  static byte @Nullable [] compress(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.size() < bytes.length ? out.toByteArray() : null;
  }
}
