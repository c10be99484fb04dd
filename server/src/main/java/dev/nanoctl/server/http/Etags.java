package dev.nanoctl.server.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Entity tags. */
public final class Etags {
  private Etags() {}

  /** Whether an {@code If-None-Match} or {@code If-Match} header names the tag (with quotes). */
  public static boolean matches(String header, String etag) {
    if (header.strip().equals("*")) {
      return true;
    }
    for (String part : header.split(",", 100)) {
      String candidate = part.strip();
      if (bare(candidate).equals(bare(etag))) {
        return true;
      }
    }
    return false;
  }

  /** A tag made from content. */
  static String of(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "\""
          + Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22)
          + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  // proxies that compress turn a strong tag into a weak one; what it names stays the same
  private static String bare(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }
}
