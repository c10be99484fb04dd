package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteFolder;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** The accounts of an instance. */
public interface Users {
  /** One account. */
  record User(
      String id, String email, String username, String role, String status, Instant createdAt) {}

  /** An account and the link with which its owner chooses a password, once. */
  record Invitation(User account, URI link) {}

  /** Makes an account; its name is made from the address. */
  Invitation create(SiteFolder site, String email, String role);

  /** All accounts, newest first. */
  List<User> list(SiteFolder site);

  /** Gives an account another role. */
  User role(SiteFolder site, String email, String role);

  /** Makes a new link for an account; its sessions end when the link is used. */
  Invitation resetPassword(SiteFolder site, String email);
}
