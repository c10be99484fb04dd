package dev.nanoctl.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page that shows the description to people; it loads nothing from anywhere else. */
final class DocsPage {
  private static final String BEGIN = "<script>";
  private static final String END = "</script>";

  private final byte[] html;
  private final String policy;

  DocsPage() {
    try (InputStream in = DocsPage.class.getResourceAsStream("docs.html")) {
      if (in == null) {
        throw new IllegalStateException("docs.html is missing");
      }
      html = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = new String(html, StandardCharsets.UTF_8);
    String script = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
    policy =
        "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'sha256-"
            + hash(script)
            + "'; base-uri 'none'; frame-ancestors 'none'";
  }

  Answer answer() {
    return Answer.bytes(200, "text/html; charset=utf-8", html)
        .cacheControl("no-cache")
        .header("Content-Security-Policy", policy);
  }

  private static String hash(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
