package dev.nanoctl.appliance;

import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.appliance.machine.Memory;
import dev.nanoctl.appliance.postgres.Cluster;
import dev.nanoctl.appliance.postgres.PostgresSizing;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.templates.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    int port = port();
    if (port != instance.postgresPort()) {
      instance.with(instance.ports().with(Ports.POSTGRES, port)).write();
    }
    for (var text : texts().entrySet()) {
      write(text.getKey(), text.getValue());
    }
  }

  private int port() {
    return config.postgres().port().orElse(instance.postgresPort());
  }

  /** What would be rendered now, by file. */
  Map<Path, String> texts() {
    var sizing = PostgresSizing.forMemory(Memory.read().total());
    return Map.of(
        cluster.data().resolve("postgresql.conf"),
        Templates.render(
            "postgres/postgresql.conf", sizing.values(instance.id(), port(), config.postgres())),
        cluster.data().resolve("pg_hba.conf"),
        Templates.render("postgres/pg_hba.conf", Map.of("instance", instance.id())));
  }

  private void write(Path file, String text) throws IOException {
    new RenderedFiles(instance.layout()).write(file, text);
    if (Files.exists(file)) {
      cluster.account().own(file);
    }
  }

  /** The files that someone changed, seen from three sides. */
  List<Drifted> drifted() {
    return new RenderedFiles(instance.layout()).compared(texts());
  }
}
