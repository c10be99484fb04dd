package dev.nanoctl.server.http;

import java.util.Locale;
import java.util.Optional;

/** What an account may do; each role includes the ones before it. */
public enum Role {
  CONSUMER,
  CREATOR,
  MODERATOR,
  ADMIN;

  /** The name in the API and the database. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this role includes the other. */
  public boolean atLeast(Role other) {
    return compareTo(other) >= 0;
  }

  /** The role of that name. */
  public static Optional<Role> ofTag(String tag) {
    for (Role role : values()) {
      if (role.tag().equals(tag)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
