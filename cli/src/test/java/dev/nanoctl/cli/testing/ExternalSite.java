package dev.nanoctl.cli.testing;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Ports;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.NewSite;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;

/** A site whose database somebody else runs, noted as installed; nothing of it runs. */
public final class ExternalSite {
  private ExternalSite() {}

  /** Writes configuration, secrets and note of such a site, without encryption on the way. */
  public static Instance write(Path folder, DatabaseAddress database) throws IOException {
    var site = new SiteFolder(folder);
    for (String name : new String[] {"secrets", "state", "run", "logs", "objects", "search"}) {
      Files.createDirectories(folder.resolve(name));
    }
    ConfigText text =
        NewSite.text(
            Map.of(
                "postgres.external.host", database.host(),
                "postgres.external.port", Integer.toString(database.port()),
                "postgres.external.database", database.database(),
                "postgres.external.user", database.user(),
                "postgres.external.tls", "off"));
    var external =
        new SiteConfigFile(site.config()).write(text).postgres().external().orElseThrow();
    secret(site, "database-password", database.password().value());
    for (String name : new String[] {"token-key", "link-key", "audit-key"}) {
      secret(site, name, UUID.randomUUID().toString().replace("-", "").repeat(2));
    }
    Files.writeString(
        folder.resolve("state/instance.json"),
        Json.text(
            JsonObject.builder()
                .put("id", UUID.randomUUID().toString())
                .put("installed", true)
                .put("account", System.getProperty("user.name"))
                .put("ports", Ports.embedded(external).json())
                .put("supervision", "daemon")
                .build()));
    return Instance.require(site);
  }

  private static void secret(SiteFolder site, String name, String value) throws IOException {
    Path file = site.secrets().resolve(name);
    Files.writeString(file, value + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
