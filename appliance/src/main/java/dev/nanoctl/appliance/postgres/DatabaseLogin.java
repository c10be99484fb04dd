package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Secret;

/**
 * As whom the application logs in. Two roles are used by turns, so that a password can be changed
 * while the old one is still valid: the database's owner, and a twin that acts as the owner from
 * its first statement on.
 *
 * @param role {@link #OWNER} or {@link #TWIN}
 */
public record DatabaseLogin(String role, Secret password) {
  /** The role that owns the database. */
  public static final String OWNER = "nano";

  /** The role that stands in for it after every other rotation. */
  public static final String TWIN = "nano_twin";

  /** From the text of the secret: the password of the owner, or {@code ROLE:PASSWORD}. */
  public static DatabaseLogin of(Secret text) {
    String value = text.value();
    return value.startsWith(TWIN + ":")
        ? new DatabaseLogin(TWIN, new Secret(value.substring(TWIN.length() + 1)))
        : new DatabaseLogin(OWNER, text);
  }

  /** The other role, with that password. */
  public DatabaseLogin other(Secret its) {
    return new DatabaseLogin(role.equals(OWNER) ? TWIN : OWNER, its);
  }

  /** As the text of the secret. */
  public Secret text() {
    return role.equals(OWNER) ? password : new Secret(role + ":" + password.value());
  }
}
