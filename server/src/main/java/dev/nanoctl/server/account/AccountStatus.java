package dev.nanoctl.server.account;

import java.util.Locale;

/** Where an account stands; only active ones can sign in. */
public enum AccountStatus {
  PENDING_VERIFICATION,
  ACTIVE,
  SUSPENDED,
  DELETION_SCHEDULED,
  ERASED;

  /** The name in the API and the database. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AccountStatus ofTag(String tag) {
    return valueOf(tag.toUpperCase(Locale.ROOT));
  }
}
