package dev.nanoctl.server.moderation;

import java.util.Locale;

/** Where a case is. */
enum CaseStatus {
  OPEN,
  DECIDED,
  WITHDRAWN;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static CaseStatus of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
