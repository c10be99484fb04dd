package dev.nanoctl.appliance;

import dev.nanoctl.appliance.fleet.Renewal;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Has the server of an instance end in order; the agent starts it again at once. Nothing else is
 * stopped. Until the new one is ready nobody answers: the time is that of one start.
 */
final class ServerRestart implements Renewal {
  private static final Duration DRAIN = Duration.ofSeconds(25);

  private final Instance instance;
  private final Surroundings surroundings;

  ServerRestart(Instance instance, Surroundings surroundings) {
    this.instance = instance;
    this.surroundings = surroundings;
  }

  @Override
  public void renew(Instant promoted, int apps, BooleanSupplier interrupted)
      throws IOException, InterruptedException {
    SiteConfig config = new SiteConfigFile(instance.layout().site().config()).load();
    var services = new Services(instance, surroundings);
    Optional<RunningProcess> server = services.server(config).running();
    if (server.isPresent()) {
      server.get().signal("TERM");
      if (!server.get().awaitEnd(DRAIN)) {
        server.get().signal("KILL");
      }
      new HealthWait(instance, services, config, interrupted).await();
    }
  }
}
