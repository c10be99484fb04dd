package dev.nanoctl.server.nano;

import java.util.Locale;
import java.util.Optional;

/** Where a nano is in its life. */
public enum NanoStatus {
  DRAFT,
  PENDING_REVIEW,
  PUBLISHED,
  REJECTED,
  ARCHIVED,
  TAKEN_DOWN,
  DELETED;

  /** The name used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status with this name, if there is one. */
  public static Optional<NanoStatus> of(String code) {
    for (NanoStatus status : values()) {
      if (status.code().equals(code)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
