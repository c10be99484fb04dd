package dev.nanoctl.server.nano;

import java.util.Locale;

/** Where a version is between its upload and the shelf. */
public enum VersionStatus {
  DRAFT,
  PENDING_REVIEW,
  /** Fit to be offered; nothing about it changes any more. */
  APPROVED,
  CHANGES_REQUESTED,
  REJECTED;

  /** True for what may be handed in for review. */
  boolean maySubmit() {
    return switch (this) {
      case DRAFT, CHANGES_REQUESTED, REJECTED -> true;
      case PENDING_REVIEW, APPROVED -> false;
    };
  }

  /** The name used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status with this name. */
  static VersionStatus of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
