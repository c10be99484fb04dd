package dev.nanoctl.server.http;

import java.util.Optional;

/** Knows who a token belongs to. */
public interface Authentication {
  /**
   * Somebody who is signed in.
   *
   * @param principal who
   * @param csrfToken what changing calls with a cookie must repeat
   */
  record SignedIn(Principal principal, String csrfToken) {}

  /** Who the token belongs to; empty when it is unknown, expired or revoked. */
  Optional<SignedIn> find(String token);

  /** Nobody is ever signed in: for tests of the edge alone. */
  static Authentication none() {
    return _ -> Optional.empty();
  }
}
