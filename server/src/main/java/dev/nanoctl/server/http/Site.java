package dev.nanoctl.server.http;

import java.net.URI;
import java.util.Locale;

/**
 * How this site is seen from outside.
 *
 * @param publicUrl the address people type
 * @param proxies whose {@code X-Forwarded-*} headers are believed
 */
public record Site(URI publicUrl, TrustedNetworks proxies) {
  /** Whether browsers reach the site over TLS. */
  public boolean secure() {
    return "https".equals(publicUrl.getScheme());
  }

  /** The name of the cookie with the access token. */
  public String accessCookie() {
    return secure() ? "__Host-at" : "at";
  }

  /** The name of the cookie with the refresh token. */
  public String refreshCookie() {
    return secure() ? "__Secure-rt" : "rt";
  }

  /** Whether a page of this origin is ours; {@code host} is the request's {@code Host}. */
  boolean ours(String origin, String host) {
    String lower = origin.toLowerCase(Locale.ROOT);
    return lower.equals(originOf(publicUrl))
        || (!host.isEmpty()
            && (lower.equals("http://" + host.toLowerCase(Locale.ROOT))
                || lower.equals("https://" + host.toLowerCase(Locale.ROOT))));
  }

  private static String originOf(URI uri) {
    return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
  }
}
