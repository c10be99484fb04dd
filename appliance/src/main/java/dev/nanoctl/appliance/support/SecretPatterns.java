package dev.nanoctl.appliance.support;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What secrets look like that nobody told this site about: keys, tokens, hashes of passwords. */
final class SecretPatterns {
  private static final Map<String, Pattern> ALL = new LinkedHashMap<>();

  static {
    put("a private key", "-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----");
    put("a token (JWT)", "\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.");
    put(
        "the header Authorization",
        "(?i)\\bauthorization[\"']?\\s*[:=]\\s*[\"']?(?:basic|bearer)\\s+[A-Za-z0-9._~+/=-]{8,}");
    put("a key of a cloud account", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b");
    put("a password in an address", "://[^/\\s:@\"'$<{]*:[^/\\s@\"'$<{•]{6,}@");
    put("a password", "(?i)(?:\\b|_)passw(?:or)?d=(?![/$<{\"'%*•])[^\\s&,;]{6,}");
    put("the hash of a password", "\\$argon2i?d?\\$v=|\\$2[aby]\\$\\d\\d\\$|SCRAM-SHA-256\\$\\d+:");
  }

  private SecretPatterns() {}

  private static void put(String name, String pattern) {
    ALL.put(name, Pattern.compile(pattern));
  }

  /** Every pattern with what it finds. */
  static Map<String, Pattern> all() {
    return ALL;
  }
}
