package dev.nanoctl.server.media.pack;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** References from a manifest to files of the package. */
final class References {
  private References() {}

  /** Whether the reference leads out of the package, to the web. */
  static boolean isExternal(String reference) {
    return reference.matches("(?i)[a-z][a-z0-9+.-]*:.*") || reference.startsWith("//");
  }

  /** The file of the package that a reference means, if there is one. */
  static Optional<String> resolve(OpenPackage pack, String base, String reference) {
    String path = reference.replaceFirst("[?#].*$", "");
    String joined = base.isEmpty() || base.endsWith("/") ? base + path : base + "/" + path;
    String plain = joined.startsWith("./") ? joined.substring(2) : joined;
    if (pack.has(plain)) {
      return Optional.of(plain);
    }
    try {
      String decoded =
          URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8).replace('\\', '/');
      return Optional.of(decoded).filter(pack::has);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
