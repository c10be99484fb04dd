package dev.nanoctl.appliance.engine.docker.project;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Which files a service mounts: when one of them changes, its containers are replaced. */
final class Mounts {
  /** The site's own configuration, seen from the project's folder. */
  static final String SITE_CONFIG = "../nanoctl.yml";

  private static final Map<String, List<String>> FILES =
      Map.ofEntries(
          Map.entry(
              "entry",
              List.of(
                  "start/lib.sh",
                  "start/entry.sh",
                  "nginx/nginx.conf",
                  "nginx/locations.conf",
                  "nginx/unavailable.html")),
          Map.entry("app", List.of("start/lib.sh", "start/app.sh", SITE_CONFIG)),
          Map.entry(
              "postgres",
              List.of(
                  "start/lib.sh",
                  "start/postgres.sh",
                  "postgres/postgresql.conf",
                  "postgres/pg_hba.conf")),
          Map.entry("redis-cache", List.of("start/lib.sh", "start/redis.sh", "redis/cache.conf")),
          Map.entry("redis-state", List.of("start/lib.sh", "start/redis.sh", "redis/state.conf")),
          Map.entry("search", List.of("start/lib.sh", "start/search.sh")),
          Map.entry("objects", List.of("start/lib.sh", "start/objects.sh")));

  private Mounts() {}

  /** Sixteen hexadecimal digits that stand for the content of all that the service mounts. */
  static String hash(String service, Map<String, String> texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : FILES.getOrDefault(service, List.of())) {
        String text = texts.get(file);
        if (text == null) {
          throw new IllegalStateException(service + " mounts " + file + ", which is not rendered");
        }
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
