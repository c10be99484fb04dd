package dev.nanoctl.appliance;

import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.util.Optional;

/**
 * What an instance wants with a database that somebody else runs.
 *
 * @param instance its id; empty for one that is still to be installed
 * @param replication whether files and log are to be read
 * @param targets to how many places, at least one
 */
record DatabaseUse(String instance, boolean replication, int targets) {
  static DatabaseUse of(Optional<Instance> instance, SiteConfig config) {
    return new DatabaseUse(
        instance.map(Instance::id).orElse(""),
        config.postgres().external().map(ExternalDatabase::replication).orElse(false),
        Math.max(1, config.backup().targets().size()));
  }
}
