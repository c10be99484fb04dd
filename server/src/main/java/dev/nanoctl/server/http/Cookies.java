package dev.nanoctl.server.http;

import java.time.Duration;
import java.util.Optional;

/** Reads and writes cookies. */
public final class Cookies {
  private Cookies() {}

  /** The value of a cookie in a {@code Cookie} header. */
  static Optional<String> read(String header, String name) {
    int at = 0;
    while (at < header.length()) {
      int end = header.indexOf(';', at);
      end = end < 0 ? header.length() : end;
      while (at < end && header.charAt(at) == ' ') {
        at++;
      }
      int equals = at + name.length();
      if (equals < end && header.charAt(equals) == '=' && header.startsWith(name, at)) {
        return Optional.of(unquoted(header.substring(equals + 1, end).strip()));
      }
      at = end + 1;
    }
    return Optional.empty();
  }

  // RFC 6265, section 4.1.1, lets a client put the value in quotes
  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** A {@code Set-Cookie} that scripts cannot read and other sites cannot send. */
  public static String set(String name, String value, String path, Duration age, boolean secure) {
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; Max-Age="
        + age.toSeconds()
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }
}
