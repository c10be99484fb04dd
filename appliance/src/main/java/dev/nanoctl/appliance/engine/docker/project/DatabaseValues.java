package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfig;
import java.util.HashMap;
import java.util.Map;

/** PostgreSQL's settings that follow from the memory its container may take. */
final class DatabaseValues {
  private static final long MEGABYTE = ByteSize.megabytes(1).bytes();

  private DatabaseValues() {}

  /** The values for the template; what is configured wins. */
  static Map<String, Object> of(ByteSize limit, SiteConfig.Postgres config) {
    long megabytes = limit.bytes() / MEGABYTE;
    long wal = megabytes < 1024 ? 256 : 1024;
    var values = new HashMap<String, Object>();
    values.put("maxConnections", config.connections());
    values.put(
        "sharedBuffersMegabytes",
        config.memory().map(size -> size.bytes() / MEGABYTE).orElse(megabytes / 4));
    values.put("cacheMegabytes", megabytes * 3 / 4);
    values.put("workMegabytes", Math.clamp(megabytes / 128, 2, 16));
    values.put("maintenanceMegabytes", Math.clamp(megabytes / 16, 16, 256));
    values.put("walMegabytes", wal);
    values.put("slotMegabytes", 2 * wal);
    values.put(
        "settings",
        config.settings().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry ->
                Map.of("name", entry.getKey(), "value", entry.getValue().replace("'", "''")))
            .toList());
    return values;
  }
}
