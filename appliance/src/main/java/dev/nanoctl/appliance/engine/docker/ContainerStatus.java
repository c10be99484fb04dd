package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.ServerMetrics;
import dev.nanoctl.appliance.StatusNotes;
import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.appliance.StatusReport.Service;
import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.Usage;
import dev.nanoctl.appliance.UsageCheck;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.JsonObject;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at every container, and says how the instance is. */
final class ContainerStatus {
  private final DockerSite site;
  private final DockerApi api;
  private final InstantSource clock;
  private final StatusNotes notes;

  ContainerStatus(DockerSite site, DockerApi api, InstantSource clock) {
    this.site = site;
    this.api = api;
    this.clock = clock;
    this.notes = new StatusNotes(site.instance(), clock);
  }

  StatusReport report() {
    boolean stopped = Files.exists(site.instance().layout().stopped());
    var services = new ArrayList<Service>();
    services.add(notes.agent(stopped));
    services.addAll(containers(stopped));
    notes.common(
        stopped, "move it away, then: nanoctl start; settings of your own go into nanoctl.yml");
    Usage usage = new UsageCheck(site.instance(), site.config(), clock.instant()).usage(metrics());
    notes.foresee(usage);
    return new StatusReport(
        site.instance(),
        services.stream().allMatch(Service::healthy),
        services.stream().flatMap(s -> s.since().stream()).max(Instant::compareTo),
        usage,
        List.copyOf(services),
        notes.problems());
  }

  private List<Service> containers(boolean stopped) {
    List<Container> all;
    try {
      all = api.containers(site.instance().id());
    } catch (ProblemException e) {
      notes.add(e.problem().code(), e.problem().message(), e.problem().fix());
      return site.expected().keySet().stream().map(name -> absent(name, stopped)).toList();
    }
    new Alerts(api)
        .firing(all)
        .forEach(alert -> notes.add(alert.code(), alert.message(), alert.fix()));
    var services = new ArrayList<Service>();
    for (Map.Entry<String, Integer> expected : site.expected().entrySet()) {
      List<Container> of =
          all.stream()
              .filter(container -> container.service().equals(expected.getKey()))
              .sorted(Comparator.comparingInt(Container::number))
              .toList();
      boolean several = Math.max(of.size(), expected.getValue()) > 1;
      of.forEach(container -> services.add(service(container, several, stopped)));
      if (of.size() < expected.getValue()) {
        services.add(absent(expected.getKey(), stopped));
        if (!stopped) {
          notes.add(
              "NC-CONTAINER-MISSING",
              "%s has %d of %d containers"
                  .formatted(expected.getKey(), of.size(), expected.getValue()),
              "nanoctl start");
        }
      }
    }
    return services;
  }

  private static Service absent(String name, boolean stopped) {
    return new Service(
        name,
        stopped ? State.STOPPED : State.DOWN,
        false,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Service service(Container container, boolean several, boolean stopped) {
    String name = several ? container.service() + "-" + container.number() : container.service();
    JsonObject state =
        new Containers(api, site.instance().id())
            .inspect(container)
            .object("State")
            .orElse(JsonObject.EMPTY);
    if (!container.healthy() && !stopped) {
      notes.add(
          "NC-CONTAINER-UNWELL",
          "%s is %s%s"
              .formatted(
                  name,
                  container.state(),
                  container.health().map(health -> ", " + health).orElse("")),
          container.runs() ? "nanoctl logs " + container.service() : "nanoctl start");
    }
    return new Service(
        name,
        state(container, stopped),
        container.healthy(),
        pid(state),
        Optional.of(container.shortId()),
        container.runs() ? state.text("StartedAt").map(Instant::parse) : Optional.empty());
  }

  private static OptionalLong pid(JsonObject state) {
    OptionalLong pid = state.integer("Pid");
    return pid.orElse(0) > 0 ? pid : OptionalLong.empty();
  }

  static State state(Container container, boolean stopped) {
    return switch (container.state()) {
      case "running" ->
          container.health().map("starting"::equals).orElse(false) ? State.STARTING : State.RUNNING;
      case "restarting" -> State.RESTARTING;
      default -> stopped ? State.STOPPED : State.DOWN;
    };
  }

  private Optional<ServerMetrics> metrics() {
    try {
      return new AppMetrics(api, site.instance().id()).together();
    } catch (ProblemException e) {
      return Optional.empty(); // the engine does not answer, which is told already
    }
  }
}
