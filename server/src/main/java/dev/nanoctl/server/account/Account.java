package dev.nanoctl.server.account;

import dev.nanoctl.server.http.Language;
import dev.nanoctl.server.http.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Someone who can sign in.
 *
 * @param id the key
 * @param email in lower case
 * @param username the public name, {@code [a-z0-9_]{3,20}}
 * @param role what it may do
 * @param status where it stands
 * @param profile what it tells about itself
 * @param createdAt when it was made
 * @param rowVersion grows with every change
 */
public record Account(
    UUID id,
    String email,
    String username,
    Role role,
    AccountStatus status,
    Profile profile,
    Instant createdAt,
    long rowVersion) {

  /**
   * What an account tells about itself; every text may be null.
   *
   * @param firstName at most 100 characters
   * @param lastName at most 100 characters
   * @param bio at most 500 characters
   * @param company at most 255 characters
   * @param jobTitle at most 100 characters
   * @param language of messages to this account
   */
  public record Profile(
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String bio,
      @Nullable String company,
      @Nullable String jobTitle,
      Language language) {
    /** Nothing but a language. */
    public static Profile of(Language language) {
      return new Profile(null, null, null, null, null, language);
    }
  }

  /** The name others see: first and last name, or the username when neither is known. */
  public String displayName() {
    String first = profile.firstName() == null ? "" : profile.firstName();
    String last = profile.lastName() == null ? "" : profile.lastName();
    String both = (first + " " + last).strip();
    return both.isEmpty() ? username : both;
  }
}
