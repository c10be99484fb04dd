package dev.nanoctl.appliance;

import dev.nanoctl.appliance.StatusReport.Service;
import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.agent.HealthProbe;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.appliance.usage.Traffic;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

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
    Usage usage;
    // whoever waits for the answer should wait for the slowest only
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var check = new UsageCheck(instance, config, surroundings.clock().instant());
      var used = threads.submit(() -> check.usage(this::traffic));
      BooleanSupplier answered = () -> Futures.get(used).database().isPresent();
      var looks =
          new Services(instance, surroundings)
              .all(config).stream()
                  .map(service -> threads.submit(() -> Look.at(service, answered)))
                  .toList();
      looks.forEach(
          look -> services.add(service(Futures.get(look), seen, agent.healthy(), stopped)));
      usage = Futures.get(used);
    }
    notes.common(
        stopped, "move it away, then: nanoctl restart; settings of your own go into nanoctl.yml");
    notes.foresee(usage);
    boolean healthy = services.stream().allMatch(Service::healthy);
    Optional<Instant> since =
        services.stream().flatMap(s -> s.since().stream()).max(Instant::compareTo);
    return new StatusReport(
        instance, healthy, since, usage, List.copyOf(services), notes.problems());
  }

  private Optional<Traffic> traffic() {
    return HealthProbe.of(config.server()).body("/metrics").map(Traffic::parse);
  }

  /** What a service was seen to be. */
  private record Look(String name, Optional<RunningProcess> process, boolean healthy) {
    /**
     * A database that just answered how much of it is used is not asked again: signing in takes
     * longer than all the rest.
     */
    static Look at(dev.nanoctl.appliance.agent.Service service, BooleanSupplier answered) {
      Optional<RunningProcess> process = service.running();
      boolean known = service.name().equals(POSTGRES) && answered.getAsBoolean();
      return new Look(service.name(), process, process.isPresent() && (known || service.healthy()));
    }
  }

  private Service service(Look look, JsonObject seen, boolean watched, boolean stopped) {
    Optional<RunningProcess> process = look.process();
    boolean healthy = look.healthy();
    Optional<JsonObject> noted = seen.object(look.name());
    State state = state(process.isPresent(), healthy, watched, stopped);
    if (!healthy && !stopped) {
      notes.add(
          look.name().equals(POSTGRES) ? "NC-POSTGRES-DOWN" : "NC-SERVER-DOWN",
          process.isPresent()
              ? look.name() + " runs and does not answer"
              : look.name() + " does not run",
          watched ? "nanoctl logs " + look.name() : "nanoctl start");
    }
    return new Service(
        look.name(),
        state,
        healthy,
        process.map(p -> OptionalLong.of(p.pid())).orElse(OptionalLong.empty()),
        healthy ? noted.flatMap(n -> n.text("since")).map(Instant::parse) : Optional.empty());
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
