package dev.nanoctl.server.moderation;

import java.util.Locale;

/** What a review ends with. */
enum Verdict {
  APPROVE,
  REQUEST_CHANGES,
  REJECT;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Verdict of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
