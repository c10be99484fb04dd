package dev.nanoctl.server.moderation;

import java.util.Locale;

/** What a review ends with. */
public enum Verdict {
  APPROVE,
  REQUEST_CHANGES,
  REJECT,
  TAKEDOWN;

  /** The name in the API and the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The verdict with this name. */
  public static Verdict of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
