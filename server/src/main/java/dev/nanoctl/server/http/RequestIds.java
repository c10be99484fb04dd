package dev.nanoctl.server.http;

import java.util.concurrent.ThreadLocalRandom;

/** Ids that tie an answer, its log line and its audit entries together. */
final class RequestIds {
  private static final int LONGEST = 64;

  private RequestIds() {}

  /** The id a client or proxy sent, if it is a harmless one, else a new one. */
  static String accept(String sent) {
    if (sent.length() < 8 || sent.length() > LONGEST) {
      return create();
    }
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      boolean harmless =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '-'
              || c == '_'
              || c == '.';
      if (!harmless) {
        return create();
      }
    }
    return sent;
  }

  private static String create() {
    // it need not be secret, only different
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
        + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
  }
}
