package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.agent.AgentChore;
import dev.nanoctl.appliance.machine.Disk;
import dev.nanoctl.appliance.usage.History;
import dev.nanoctl.appliance.usage.Sample;
import dev.nanoctl.appliance.usage.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Notes once a minute how much the instance is used. */
final class RecordUsage implements AgentChore {
  private final DockerSite site;
  private final DockerApi api;
  private final InstantSource clock;

  RecordUsage(DockerSite site, DockerApi api, InstantSource clock) {
    this.site = site;
    this.api = api;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "usage";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() throws IOException {
    Optional<Traffic> traffic = new AppMetrics(api, site.instance().id()).traffic();
    if (traffic.isPresent()) {
      Path layout = site.instance().layout().usage();
      new History(layout)
          .add(
              new Sample(
                  clock.instant(),
                  Disk.near(site.instance().layout().root()).free(),
                  traffic.get()));
    }
  }
}
