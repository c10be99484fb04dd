package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.fleet.AutoscaleChore;
import dev.nanoctl.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What the engine counts for each container of the app that is well. */
record AppMeter(DockerApi api, String instance) implements AutoscaleChore.Meter {
  @Override
  public List<AutoscaleChore.Used> apps() {
    return api.containers(instance).stream()
        .filter(container -> container.service().equals("app") && container.healthy())
        .flatMap(container -> used(container).stream())
        .toList();
  }

  private Optional<AutoscaleChore.Used> used(Container container) {
    return api.find("/containers/" + container.id() + "/stats?stream=false&one-shot=true")
        .map(stats -> used(container.id(), stats));
  }

  static AutoscaleChore.Used used(String id, JsonObject stats) {
    long cpu =
        stats
            .object("cpu_stats")
            .flatMap(all -> all.object("cpu_usage"))
            .map(usage -> usage.integer("total_usage").orElse(0))
            .orElse(0L);
    long limit =
        stats.object("memory_stats").map(memory -> memory.integer("limit").orElse(0)).orElse(0L);
    return new AutoscaleChore.Used(id, cpu, limit);
  }
}
