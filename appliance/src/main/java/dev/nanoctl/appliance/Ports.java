package dev.nanoctl.appliance;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which engine an instance was installed with, and where its services answer: on ports of the
 * loopback address that were chosen once for it and are kept, and the database elsewhere, if
 * somebody else runs it.
 *
 * @param byService by the name of the service, such as {@code postgres}
 * @param external the database that somebody else runs; there is no port of an own one then
 */
public record Ports(
    Engine engine, Map<String, Integer> byService, Optional<ExternalDatabase> external) {
  /** The service that every engine has. */
  public static final String POSTGRES = "postgres";

  /** Keeps its own copy. */
  public Ports {
    byService = Map.copyOf(byService);
  }

  /** The ports of an instance that runs its database itself. */
  public Ports(Engine engine, Map<String, Integer> byService) {
    this(engine, byService, Optional.empty());
  }

  /** An embedded instance with a database that somebody else runs. */
  public static Ports embedded(ExternalDatabase database) {
    return new Ports(Engine.EMBEDDED, Map.of(), Optional.of(database));
  }

  /** The ports of an embedded instance. */
  public static Ports embedded(int postgres) {
    return new Ports(Engine.EMBEDDED, Map.of(POSTGRES, postgres));
  }

  /** As it is noted. */
  public JsonObject json() {
    var numbers = JsonObject.builder();
    new TreeMap<>(byService).forEach(numbers::put);
    var json =
        JsonObject.builder()
            .put("engine", engine.name().toLowerCase(Locale.ROOT))
            .put("numbers", numbers.build());
    external.ifPresent(database -> json.put("database", ExternalJson.of(database)));
    return json.build();
  }

  /**
   * What was noted, read back.
   *
   * @throws IllegalArgumentException when it is not what was noted
   */
  public static Ports of(JsonObject json) {
    String engine = json.text("engine").orElse("");
    JsonObject numbers = json.object("numbers").orElse(JsonObject.EMPTY);
    var byService = new TreeMap<String, Integer>();
    for (String service : numbers.names()) {
      byService.put(service, Math.toIntExact(numbers.integer(service).orElse(0)));
    }
    return new Ports(
        Engine.valueOf(engine.toUpperCase(Locale.ROOT)),
        byService,
        json.object("database").map(ExternalJson::of));
  }

  /** The port of that service; a problem where none was chosen. */
  public int of(String service) {
    Integer port = byService.get(service);
    if (port == null) {
      throw new Problem.Configuration(
              "NC-INSTANCE-DAMAGED",
              "no port is noted for the service " + service,
              "restore the file from a copy; it holds the instance's id and ports")
          .raise();
    }
    return port;
  }

  /** The same, with another port for one service. */
  public Ports with(String service, int port) {
    var changed = new TreeMap<>(byService);
    changed.put(service, port);
    return new Ports(engine, changed, external);
  }
}
