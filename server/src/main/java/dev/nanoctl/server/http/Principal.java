package dev.nanoctl.server.http;

import java.util.UUID;

/**
 * Who is asking.
 *
 * @param id the account
 * @param username its public name
 * @param role what it may do
 * @param session the sign-in this request belongs to
 */
public record Principal(UUID id, String username, Role role, UUID session) {
  /** Whether this is a moderator or an administrator. */
  public boolean staff() {
    return role.atLeast(Role.MODERATOR);
  }
}
