package dev.nanoctl.appliance;

import dev.nanoctl.appliance.StatusReport.Service;
import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.doctor.CertificateCheck;
import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;

/** Looks at every service itself, rather than believe what was noted, and says how they are. */
final class StatusCheck {
  private static final long SOON_DAYS = 14;
  private static final long LITTLE_SPACE = 512L << 20;

  private final Instance instance;
  private final SiteConfig config;
  private final Surroundings surroundings;
  private final List<Problem> problems = new ArrayList<>();

  StatusCheck(Instance instance, SiteConfig config, Surroundings surroundings) {
    this.instance = instance;
    this.config = config;
    this.surroundings = surroundings;
  }

  StatusReport report() {
    boolean stopped = Files.exists(instance.layout().stopped());
    var services = new ArrayList<Service>();
    Service agent = agent(stopped);
    services.add(agent);
    JsonObject seen = HealthWait.seen(instance.layout());
    Usage usage;
    // whoever waits for the answer should wait for the slowest only
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var check = new UsageCheck(instance, config, surroundings.clock().instant());
      var used = threads.submit(check::usage);
      var looks =
          new Services(instance, surroundings)
              .all(config).stream().map(service -> threads.submit(() -> Look.at(service))).toList();
      looks.forEach(
          look -> services.add(service(Futures.get(look), seen, agent.healthy(), stopped)));
      usage = Futures.get(used);
    }
    if (stopped) {
      problems.add(new Problem.NotWell("NC-STOPPED", "the instance is stopped", "nanoctl start"));
    }
    drift();
    disk();
    foresee(usage);
    boolean healthy = services.stream().allMatch(Service::healthy);
    Optional<Instant> since =
        services.stream().flatMap(s -> s.since().stream()).max(Instant::compareTo);
    return new StatusReport(
        instance, healthy, since, usage, List.copyOf(services), List.copyOf(problems));
  }

  private void foresee(Usage usage) {
    usage.disk().daysLeft().stream()
        .filter(days -> days < SOON_DAYS)
        .forEach(days ->
            problems.add(
                new Problem.NotWell(
                    "NC-DISK-FILLING",
                    "the disk will be full in about %d days".formatted(days),
                    "make room, or give the machine a larger disk")));
    CheckResult certificate =
        CertificateCheck.judge(usage.certificate(), surroundings.clock().instant());
    if (!certificate.ok()) {
      problems.add(
          new Problem.NotWell(certificate.code(), certificate.message(), certificate.fix()));
    }
  }

  private Service agent(boolean stopped) {
    var process = new AgentProcess(instance.layout());
    Optional<RunningProcess> running = process.running();
    if (running.isPresent()) {
      return new Service(
          "agent", State.RUNNING, true, OptionalLong.of(running.get().pid()), process.since());
    }
    if (!stopped) {
      problems.add(
          new Problem.NotWell(
              "NC-AGENT-DOWN",
              "the agent is down: nothing starts services again that end",
              "nanoctl start"));
    }
    return new Service(
        "agent",
        stopped ? State.STOPPED : State.DOWN,
        false,
        OptionalLong.empty(),
        Optional.empty());
  }

  /** What a service was seen to be. */
  private record Look(String name, Optional<RunningProcess> process, boolean healthy) {
    static Look at(dev.nanoctl.appliance.agent.Service service) {
      Optional<RunningProcess> process = service.running();
      return new Look(service.name(), process, process.isPresent() && service.healthy());
    }
  }

  private Service service(Look look, JsonObject seen, boolean watched, boolean stopped) {
    Optional<RunningProcess> process = look.process();
    boolean healthy = look.healthy();
    Optional<JsonObject> noted = seen.object(look.name());
    State state = state(process.isPresent(), healthy, watched, stopped);
    if (!healthy && !stopped) {
      problems.add(
          new Problem.NotWell(
              look.name().equals("postgres") ? "NC-POSTGRES-DOWN" : "NC-SERVER-DOWN",
              process.isPresent()
                  ? look.name() + " runs and does not answer"
                  : look.name() + " does not run",
              watched ? "nanoctl logs " + look.name() : "nanoctl start"));
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

  private void drift() {
    for (String name : new RenderedFiles(instance.layout()).drifted()) {
      problems.add(
          new Problem.NotWell(
              "NC-DRIFT",
              name + " was changed by hand and is no longer rendered",
              "move it away, then: nanoctl restart; settings of your own go into nanoctl.yml"));
    }
  }

  private void disk() {
    try {
      FileStore store = Files.getFileStore(instance.layout().root());
      if (store.getUsableSpace() < LITTLE_SPACE) {
        problems.add(
            new Problem.NotWell(
                "NC-DISK-LOW",
                "only %d MB are free on the disk of %s"
                    .formatted(store.getUsableSpace() >> 20, instance.layout().root()),
                "make room before it is full"));
      }
    } catch (IOException e) {
      problems.add(
          new Problem.NotWell(
              "NC-DISK-UNREADABLE",
              "the disk of %s cannot be read: %s"
                  .formatted(instance.layout().root(), e.getMessage()),
              "nanoctl doctor"));
    }
  }
}
