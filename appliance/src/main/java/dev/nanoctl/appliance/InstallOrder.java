package dev.nanoctl.appliance;

import dev.nanoctl.core.site.ConfigText;

/**
 * What to install.
 *
 * @param config the site configuration; unused where the site has one already
 * @param adminEmail who is invited to administer it
 * @param systemd whether to use systemd where it runs; false asks for a plain daemon
 */
public record InstallOrder(ConfigText config, String adminEmail, boolean systemd) {}
