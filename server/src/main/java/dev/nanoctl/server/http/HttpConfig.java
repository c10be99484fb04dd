package dev.nanoctl.server.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how to listen.
 *
 * @param host the address to bind
 * @param port the port; 0 for any free one
 * @param tls certificate chain and key; empty for plain HTTP
 * @param site how the site is seen from outside
 * @param limits how often callers may call
 * @param drain how long closing waits for requests being answered
 */
public record HttpConfig(
    String host, int port, Optional<Tls> tls, Site site, Limits limits, Duration drain) {
  /** A certificate chain and its key, both PEM. */
  public record Tls(Path certificates, Path key) {}

  /**
   * How often callers may call.
   *
   * @param reads GETs a minute that miss the cache
   * @param writes everything else a minute
   * @param factor by which the allowances of single endpoints, such as sign-in, are multiplied
   */
  public record Limits(int reads, int writes, int factor) {}
}
