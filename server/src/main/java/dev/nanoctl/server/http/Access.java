package dev.nanoctl.server.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may call an endpoint. */
public enum Access {
  /** Anyone; who is signed in is known. */
  PUBLIC(null),
  /** Anyone who is signed in. */
  USER(Role.CONSUMER),
  /** Creators and above. */
  CREATOR(Role.CREATOR),
  /** Moderators and administrators. */
  MODERATOR(Role.MODERATOR),
  /** Administrators. */
  ADMIN(Role.ADMIN);

  private final @Nullable Role minimum;

  Access(@Nullable Role minimum) {
    this.minimum = minimum;
  }

  /** The least role that may call; empty when nobody needs to be signed in. */
  public Optional<Role> minimum() {
    return Optional.ofNullable(minimum);
  }
}
