package dev.nanoctl.appliance;

import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.ConfigText;
import java.util.Optional;

/**
 * What to install.
 *
 * @param config the site configuration; unused where the site has one already
 * @param adminEmail who is invited to administer it
 * @param systemd whether to use systemd where it runs; false asks for a plain daemon
 * @param databasePassword of a database that somebody else runs; empty where it lies in the site's
 *     secrets already, or none is needed
 */
public record InstallOrder(
    ConfigText config, String adminEmail, boolean systemd, Optional<Secret> databasePassword) {
  /** What needs no password of a database. */
  public InstallOrder(ConfigText config, String adminEmail, boolean systemd) {
    this(config, adminEmail, systemd, Optional.empty());
  }
}
