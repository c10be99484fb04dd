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

  private static final String LIBRARY = "start/lib.sh";

  private static final Map<String, List<String>> FILES =
      Map.ofEntries(
          Map.entry(
              "entry",
              List.of(
                  LIBRARY,
                  "start/entry.sh",
                  "nginx/nginx.conf",
                  "nginx/locations.conf",
                  "nginx/unavailable.html")),
          Map.entry("app", List.of(LIBRARY, "start/app.sh", SITE_CONFIG)),
          Map.entry(
              "postgres",
              List.of(
                  LIBRARY,
                  "start/postgres.sh",
                  "postgres/postgresql.conf",
                  "postgres/pg_hba.conf",
                  "postgres/pg_ident.conf",
                  "postgres/roles.sql")),
          Map.entry("redis-cache", List.of(LIBRARY, "start/redis.sh", "redis/cache.conf")),
          Map.entry("redis-state", List.of(LIBRARY, "start/redis.sh", "redis/state.conf")),
          Map.entry("search", List.of(LIBRARY, "start/search.sh")),
          Map.entry("objects", List.of(LIBRARY, "start/objects.sh")),
          Map.entry("prometheus", List.of("prometheus/prometheus.yml", "prometheus/rules.yml")),
          Map.entry("alertmanager", List.of("alertmanager/alertmanager.yml")),
          Map.entry(
              "grafana",
              List.of(
                  "grafana/datasources.yml", "grafana/dashboards.yml", "grafana/marketplace.json")),
          Map.entry("loki", List.of("loki/loki.yml")),
          Map.entry("otel-collector", List.of("otel/collector.yml")),
          Map.entry(
              "pgbouncer", List.of(LIBRARY, "start/pgbouncer.sh", "pgbouncer/pgbouncer.ini")));

  private Mounts() {}

  /** The files of that service that are rendered, by their paths below the project's folder. */
  static List<String> rendered(String service) {
    return FILES.getOrDefault(service, List.of()).stream()
        .filter(path -> !path.equals(SITE_CONFIG))
        .toList();
  }

  /** The template of a rendered file. */
  static String template(String path) {
    return switch (path) {
      case "postgres/postgresql.conf" -> "postgres/container.conf";
      case "postgres/pg_hba.conf" -> "postgres/container_hba.conf";
      default -> path.startsWith("start/") ? "compose/" + path : path;
    };
  }

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
