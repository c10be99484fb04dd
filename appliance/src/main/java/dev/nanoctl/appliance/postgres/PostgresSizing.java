package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL's settings that follow from the machine's size. It shares the machine with the server,
 * and memory it does not need for work stays free.
 */
public record PostgresSizing(
    long sharedBuffersMegabytes,
    long cacheMegabytes,
    long workMegabytes,
    long maintenanceMegabytes,
    long walMegabytes) {

  private static final long MEGABYTE = 1L << 20;

  /** Settings for that much memory in bytes: the machine's, or its limit where that is lower. */
  public static PostgresSizing forMemory(long bytes) {
    long megabytes = Math.max(bytes / MEGABYTE, 256);
    return new PostgresSizing(
        Math.clamp(megabytes / 12, 32, 1024),
        Math.clamp(megabytes / 2, 128, 65536),
        Math.clamp(megabytes / 512, 2, 16),
        Math.clamp(megabytes / 32, 16, 256),
        megabytes < 2048 ? 256 : 1024);
  }

  /** The values for the template of {@code postgresql.conf}; what is configured wins. */
  public Map<String, Object> values(String instance, int port, SiteConfig.Postgres config) {
    var values = new HashMap<String, Object>();
    values.put("instance", instance);
    values.put("port", port);
    values.put("socketDirectory", "../run");
    values.put("maxConnections", config.connections());
    values.put(
        "sharedBuffersMegabytes",
        config.memory().map(ByteSize::bytes).map(b -> b / MEGABYTE).orElse(sharedBuffersMegabytes));
    values.put("cacheMegabytes", cacheMegabytes);
    values.put("workMegabytes", workMegabytes);
    values.put("maintenanceMegabytes", maintenanceMegabytes);
    values.put("walMegabytes", walMegabytes);
    values.put("slotMegabytes", 2 * walMegabytes);
    values.put("settings", settings(config.settings()));
    return values;
  }

  private static List<Map<String, String>> settings(Map<String, String> configured) {
    return configured.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> Map.of("name", entry.getKey(), "value", entry.getValue().replace("'", "''")))
        .toList();
  }
}
