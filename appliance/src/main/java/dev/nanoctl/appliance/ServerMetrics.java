package dev.nanoctl.appliance;

import dev.nanoctl.appliance.usage.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What servers tell about themselves and their database, in Prometheus' text format.
 *
 * @param database as a server saw it at most some seconds ago; empty while it does not answer, and
 *     of a server too old to tell
 * @param packagesStored whether packages can be stored; true of servers that do not tell
 */
public record ServerMetrics(
    Traffic traffic, Optional<Usage.Database> database, boolean packagesStored) {
  /** Where a server tells just this: what the rest costs it is more than this. */
  public static final String PATH =
      "/metrics?"
          + Stream.of(
                  "http_requests_total",
                  "http_request_duration_seconds",
                  "database_version_num",
                  "database_size_bytes",
                  "database_clients",
                  "database_clients_max",
                  "objects_writable")
              .map("name%5B%5D="::concat)
              .collect(Collectors.joining("&"));

  private static final String DATABASE = "database_";

  /** Reads what {@code /metrics} answers, of one server or of several, one after the other. */
  public static ServerMetrics parse(String metrics) {
    boolean closed = metrics.lines().anyMatch(line -> line.startsWith("objects_writable 0"));
    return new ServerMetrics(Traffic.parse(metrics), database(metrics), !closed);
  }

  private static Optional<Usage.Database> database(String metrics) {
    Map<String, Long> values = new HashMap<>();
    metrics
        .lines()
        .filter(line -> line.startsWith(DATABASE) && line.indexOf('{') < 0)
        .map(line -> line.split(" ", 2))
        .forEach(words -> values.put(words[0], Math.round(Double.parseDouble(words[1]))));
    Long version = values.get("database_version_num");
    Long bytes = values.get("database_size_bytes");
    Long clients = values.get("database_clients");
    Long most = values.get("database_clients_max");
    return version == null || bytes == null || clients == null || most == null
        ? Optional.empty()
        : Optional.of(
            Usage.Database.of(version.intValue(), bytes, clients.intValue(), most.intValue()));
  }
}
