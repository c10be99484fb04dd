package dev.nanoctl.appliance;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig.DatabaseTls;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.nio.file.Path;

/** A database that somebody else runs, as it is noted. */
final class ExternalJson {
  private ExternalJson() {}

  static JsonObject of(ExternalDatabase database) {
    var json =
        JsonObject.builder()
            .put("host", database.host())
            .put("port", database.port())
            .put("database", database.database())
            .put("user", database.user())
            .put("tls", database.tls().name())
            .put("replication", database.replication());
    database.ca().ifPresent(ca -> json.put("ca", ca.toString()));
    return json.build();
  }

  /**
   * What was noted, read back.
   *
   * @throws IllegalArgumentException when it is not what was noted
   */
  static ExternalDatabase of(JsonObject json) {
    return new ExternalDatabase(
        text(json, "host"),
        Math.toIntExact(json.integer("port").orElse(0)),
        text(json, "database"),
        text(json, "user"),
        DatabaseTls.valueOf(text(json, "tls")),
        json.text("ca").map(Path::of),
        json.bool("replication").orElse(false));
  }

  private static String text(JsonObject json, String name) {
    return json.text(name)
        .orElseThrow(() -> new IllegalArgumentException("the database's " + name + " is missing"));
  }
}
