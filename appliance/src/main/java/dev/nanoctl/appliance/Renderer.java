package dev.nanoctl.appliance;

import dev.nanoctl.appliance.machine.Memory;
import dev.nanoctl.appliance.postgres.Cluster;
import dev.nanoctl.appliance.postgres.PostgresSizing;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.templates.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Renders an instance's configuration files from its site configuration. */
final class Renderer {
  private final Instance instance;
  private final SiteConfig config;
  private final Cluster cluster;

  Renderer(Instance instance, SiteConfig config, Cluster cluster) {
    this.instance = instance;
    this.config = config;
    this.cluster = cluster;
  }

  void run() throws IOException {
    int port = config.postgres().port().orElse(instance.postgresPort());
    if (port != instance.postgresPort()) {
      instance.onPort(port).write();
    }
    var sizing = PostgresSizing.forMemory(Memory.read().total());
    write(
        "postgresql.conf",
        Templates.render(
            "postgres/postgresql.conf", sizing.values(instance.id(), port, config.postgres())));
    write(
        "pg_hba.conf", Templates.render("postgres/pg_hba.conf", Map.of("instance", instance.id())));
  }

  private void write(String name, String text) throws IOException {
    var rendered = new RenderedFiles(instance.layout());
    Path file = cluster.data().resolve(name);
    rendered.write(file, text);
    if (Files.exists(file)) {
      cluster.account().own(file);
    }
  }
}
