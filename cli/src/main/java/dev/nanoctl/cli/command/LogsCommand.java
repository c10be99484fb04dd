package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.LogLine;
import dev.nanoctl.appliance.Logs;
import dev.nanoctl.appliance.ServiceLogs;
import dev.nanoctl.appliance.engine.docker.DockerSite;
import dev.nanoctl.cli.logs.LogView;
import dev.nanoctl.cli.logs.Since;
import dev.nanoctl.core.Closest;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nanoctl logs [SERVICE]}. */
@Command(name = "logs", description = "Show what the services logged.")
public final class LogsCommand implements Callable<Integer> {
  /** The services of instances of either engine. */
  private static final List<String> ALL =
      Stream.of(
              Logs.SERVICES,
              List.of("entry", "app"),
              DockerSite.DATA,
              List.of("prometheus", "alertmanager", "grafana", "loki", "otel-collector", "jaeger"))
          .flatMap(List::stream)
          .distinct()
          .toList();

  /** The services for completion. */
  static final class Services implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ALL.iterator();
    }
  }

  /** Finds an instance's logs. */
  public interface LogBook {
    /** The logs of the instance there. */
    ServiceLogs of(SiteFolder site);
  }

  private final Invocation invocation;
  private final LogBook logs;
  private final InstantSource clock;

  @Parameters(
      arity = "0..1",
      paramLabel = "SERVICE",
      completionCandidates = Services.class,
      description =
          "agent, postgres, server; with docker also app, entry and others (default: all).")
  private @Nullable String service;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing what is logged until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only from then on: 10m, 2h, 3d, or 2026-11-21T14:00:00Z.")
  private @Nullable String since;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many lines to begin with (default: 100).")
  private int lines = 100;

  /** Shows logs of the instance that is meant. */
  public LogsCommand(Invocation invocation, LogBook logs, InstantSource clock) {
    this.invocation = invocation;
    this.logs = logs;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (lines < 0) {
      throw new Problem.Usage("NC-USAGE", "--lines cannot be negative", "nanoctl logs --help")
          .raise();
    }
    Optional<Instant> from = Optional.ofNullable(since).map(t -> Since.parse(t, clock.instant()));
    if (service != null) {
      known(ALL, service);
    }
    ServiceLogs all = logs.of(invocation.site());
    List<String> wanted =
        service == null ? all.services() : List.of(known(all.services(), service));
    List<LogLine> found = all.read(wanted, from, lines);
    found.subList(Math.max(0, found.size() - lines), found.size()).forEach(this::print);
    if (follow) {
      all.follow(wanted, this::print, () -> false);
    }
    return 0;
  }

  private static String known(List<String> services, String name) {
    if (!services.contains(name)) {
      throw new Problem.Usage(
              "NC-SERVICE-UNKNOWN",
              "there is no service " + name,
              Closest.to(name, services)
                  .map(near -> "did you mean: nanoctl logs " + near)
                  .orElse("one of " + String.join(", ", services)))
          .raise();
    }
    return name;
  }

  private void print(LogLine line) {
    var view = new LogView(line);
    if (invocation.output().wishes().json()) {
      invocation.output().script(view.json() + "\n");
    } else {
      invocation.output().line(service == null ? view.labelled() : view.plain());
    }
  }
}
