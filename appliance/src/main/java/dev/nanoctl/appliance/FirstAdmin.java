package dev.nanoctl.appliance;

import java.net.URI;

/** Invites the administrator who signs in first. */
public interface FirstAdmin {
  /**
   * Makes the account if it does not exist and answers a new one-time link to sign in; safe to
   * repeat. The server runs already.
   */
  URI invite(Instance instance, String email);
}
