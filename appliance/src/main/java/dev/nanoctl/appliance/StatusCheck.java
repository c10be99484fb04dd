package dev.nanoctl.appliance;

import dev.nanoctl.appliance.StatusReport.Service;
import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.agent.HealthProbe;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at every service itself, rather than believe what was noted, and says how they are. */
final class StatusCheck {
  private static final String POSTGRES = "postgres";

  private final Instance instance;
  private final SiteConfig config;
  private final Surroundings surroundings;
  private final StatusNotes notes;

  StatusCheck(Instance instance, SiteConfig config, Surroundings surroundings) {
    this.instance = instance;
    this.config = config;
    this.surroundings = surroundings;
    this.notes = new StatusNotes(instance, surroundings.clock());
  }

  StatusReport report() {
    boolean stopped = Files.exists(instance.layout().stopped());
    var services = new ArrayList<Service>();
    Service agent = notes.agent(stopped);
    services.add(agent);
    JsonObject seen = HealthWait.seen(instance.layout());
    Optional<ServerMetrics> told = metrics();
    Usage usage = new UsageCheck(instance, config, surroundings.clock().instant()).usage(told);
    instance
        .external()
        .ifPresent(database -> services.add(external(database, usage.database().isPresent())));
    for (var service : new Services(instance, surroundings).all(config)) {
      boolean answered =
          service.name().equals(POSTGRES) ? usage.database().isPresent() : told.isPresent();
      services.add(service(service, answered, seen, agent.healthy(), stopped));
    }
    notes.common(
        stopped, "move it away, then: nanoctl restart; settings of your own go into nanoctl.yml");
    notes.foresee(usage);
    if (told.filter(server -> !server.packagesStored()).isPresent()) {
      notes.packagesClosed(instance.layout().site().resolve(config.objects().directory()));
    }
    boolean healthy = services.stream().allMatch(Service::healthy);
    Optional<Instant> since =
        services.stream().flatMap(s -> s.since().stream()).max(Instant::compareTo);
    return new StatusReport(
        instance, healthy, since, usage, List.copyOf(services), notes.problems());
  }

  /** The database that somebody else runs: it answers or it does not, and has no process here. */
  private Service external(ExternalDatabase database, boolean answered) {
    if (!answered) {
      notes.add(
          "NC-DATABASE-DOWN",
          "the database %s does not answer".formatted(database.shown()),
          "ask whoever runs it; nanoctl doctor says how far one comes");
    }
    return new Service(
        POSTGRES,
        answered ? State.RUNNING : State.DOWN,
        answered,
        OptionalLong.empty(),
        Optional.empty());
  }

  private Optional<ServerMetrics> metrics() {
    return HealthProbe.of(config.server()).body(ServerMetrics.PATH).map(ServerMetrics::parse);
  }

  /**
   * How a service is.
   *
   * @param answered whether it just told about itself, so that it is not asked again
   */
  private Service service(
      dev.nanoctl.appliance.agent.Service service,
      boolean answered,
      JsonObject seen,
      boolean watched,
      boolean stopped) {
    Optional<RunningProcess> process = service.running();
    boolean healthy = process.isPresent() && (answered || service.healthy());
    Optional<JsonObject> noted = seen.object(service.name());
    noted.ifPresent(json -> hung(service.name(), json));
    State state = state(process.isPresent(), healthy, watched, stopped);
    if (!healthy && !stopped) {
      notes.add(
          service.name().equals(POSTGRES) ? "NC-POSTGRES-DOWN" : "NC-SERVER-DOWN",
          process.isPresent()
              ? service.name() + " runs and does not answer"
              : service.name() + " does not run",
          watched ? "nanoctl logs " + service.name() : "nanoctl start");
    }
    return new Service(
        service.name(),
        state,
        healthy,
        process.map(p -> OptionalLong.of(p.pid())).orElse(OptionalLong.empty()),
        healthy ? noted.flatMap(n -> n.text("since")).map(Instant::parse) : Optional.empty());
  }

  private void hung(String name, JsonObject noted) {
    long times = noted.integer("hangs").orElse(0);
    if (times > 0) {
      notes.hung(name, times, noted.text("hung").orElse("?"));
    }
  }

  private static State state(boolean runs, boolean healthy, boolean watched, boolean stopped) {
    if (healthy) {
      return State.RUNNING;
    }
    if (runs) {
      return State.STARTING;
    }
    if (stopped) {
      return State.STOPPED;
    }
    return watched ? State.RESTARTING : State.DOWN;
  }
}
