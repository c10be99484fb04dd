package dev.nanoctl.appliance.postgres;

import java.util.Map;

/**
 * PostgreSQL's settings that follow from the machine's size. It shares the machine with the server,
 * and memory it does not need for work stays free.
 */
public record PostgresSizing(
    int maxConnections,
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
        megabytes < 1024 ? 24 : 40,
        Math.clamp(megabytes / 12, 32, 1024),
        Math.clamp(megabytes / 2, 128, 65536),
        Math.clamp(megabytes / 512, 2, 16),
        Math.clamp(megabytes / 32, 16, 256),
        megabytes < 2048 ? 256 : 1024);
  }

  /** The values for the template of {@code postgresql.conf}. */
  public Map<String, Object> values(String instance, int port) {
    return Map.of(
        "instance", instance,
        "port", port,
        "socketDirectory", "../run",
        "maxConnections", maxConnections,
        "sharedBuffersMegabytes", sharedBuffersMegabytes,
        "cacheMegabytes", cacheMegabytes,
        "workMegabytes", workMegabytes,
        "maintenanceMegabytes", maintenanceMegabytes,
        "walMegabytes", walMegabytes,
        "slotMegabytes", 2 * walMegabytes);
  }
}
