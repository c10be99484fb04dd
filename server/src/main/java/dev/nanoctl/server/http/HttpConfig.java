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
 * @param drain how it stops
 */
public record HttpConfig(
    String host, int port, Optional<Tls> tls, Site site, Limits limits, Drain drain) {
  /**
   * How the server stops. First it says that it is not ready and asks every client to go, but goes
   * on answering; then it has the proxy leave it out, by leaving one read unanswered that the proxy
   * repeats elsewhere; then it finishes what is being answered.
   *
   * @param linger how long it goes on answering, so that proxies can learn of it; zero where there
   *     are none
   * @param patience how long it waits after that for requests being answered
   */
  public record Drain(Duration linger, Duration patience) {}

  /**
   * A certificate chain and its key, both PEM.
   *
   * @param authority the instance's own authority, whose certificates browsers need not insist on;
   *     empty where they are always to insist
   * @param plain what is answered without encryption, if anything
   */
  public record Tls(Path certificates, Path key, Optional<Path> authority, Optional<Plain> plain) {
    /** Only encrypted, and browsers are to insist on it. */
    public Tls(Path certificates, Path key) {
      this(certificates, key, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A second port, without encryption: it sends browsers on to the encrypted one, and shows an
   * authority that asks by HTTP (ACME) the answers in a folder.
   *
   * @param port 0 for any free one
   * @param challenges the folder of the answers, each a file of its token's name
   */
  public record Plain(int port, Path challenges) {}

  /**
   * How often callers may call.
   *
   * @param reads GETs a minute that miss the cache
   * @param writes everything else a minute
   * @param factor by which the allowances of single endpoints, such as sign-in, are multiplied
   */
  public record Limits(int reads, int writes, int factor) {}
}
