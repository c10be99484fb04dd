package dev.nanoctl.server.media;

import dev.nanoctl.server.http.Answer;

/**
 * What a browser lets strangers' content do: run its own scripts on an origin of its own that
 * nobody trusts, without cookies, storage, forms, pop-ups or a way to anywhere else.
 */
final class PreviewPolicy {
  private static final String CONTENT_SECURITY =
      "sandbox allow-scripts; default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:;"
          + " base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'self'";

  private PreviewPolicy() {}

  static void apply(Answer answer) {
    answer
        .header("Content-Security-Policy", CONTENT_SECURITY)
        .header("Referrer-Policy", "no-referrer")
        .header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        // fonts and modules are asked for by the origin "null"; the ticket is the permission
        .header("Access-Control-Allow-Origin", "*")
        .header("Cross-Origin-Resource-Policy", "cross-origin")
        .cacheControl("private, max-age=300");
  }
}
