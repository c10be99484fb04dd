package dev.nanoctl.server.account;

import java.util.UUID;

/**
 * A fresh sign-in or a refreshed one.
 *
 * @param account who
 * @param session the sign-in
 * @param accessToken for requests, {@link SignIns#ACCESS_LIFE}
 * @param refreshToken for the next pair of tokens, {@link SignIns#REFRESH_LIFE}
 * @param csrfToken what changing calls with a cookie must repeat
 */
record SignIn(
    Account account, UUID session, String accessToken, String refreshToken, String csrfToken) {
  /** Keeps tokens out of logs. */
  @Override
  public String toString() {
    return "SignIn[" + account.id() + "]";
  }
}
