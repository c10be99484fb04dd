package dev.nanoctl.appliance;

import dev.nanoctl.appliance.agent.HealthProbe;
import dev.nanoctl.appliance.agent.PostgresService;
import dev.nanoctl.appliance.agent.ServerService;
import dev.nanoctl.appliance.process.RunningProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Services that still run though no agent does: ended in the right order. */
final class Leftovers {
  private final Instance instance;
  private final Services services;

  Leftovers(Instance instance, Services services) {
    this.instance = instance;
    this.services = services;
  }

  void stop() throws IOException, InterruptedException {
    Layout layout = instance.layout();
    var server = new ServerService(instance.id(), List.of(), layout, HealthProbe.none());
    Optional<RunningProcess> running = server.running();
    if (running.isPresent()) {
      server.stop(running.get());
    }
    if (java.nio.file.Files.exists(layout.postgres().resolve("data"))) {
      PostgresService postgres = services.postgres();
      Optional<RunningProcess> postmaster = postgres.running();
      if (postmaster.isPresent()) {
        postgres.stop(postmaster.get());
      }
    }
  }
}
