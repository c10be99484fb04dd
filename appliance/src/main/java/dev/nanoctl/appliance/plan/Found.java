package dev.nanoctl.appliance.plan;

/**
 * What was there before an installation.
 *
 * @param site the site's folder
 * @param config a site configuration in it
 * @param data a data directory with this instance's stamp
 * @param account the account PostgreSQL runs under
 */
public record Found(boolean site, boolean config, boolean data, boolean account) {}
