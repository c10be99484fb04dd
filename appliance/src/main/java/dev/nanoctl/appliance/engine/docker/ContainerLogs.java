package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.LogLine;
import dev.nanoctl.appliance.Logs;
import dev.nanoctl.appliance.ServiceLogs;
import dev.nanoctl.core.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the containers of an instance logged, and its agent on the host. */
final class ContainerLogs implements ServiceLogs {
  private static final String AGENT = "agent";
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final DockerApi api;
  private final Instance instance;

  ContainerLogs(DockerApi api, Instance instance) {
    this.api = api;
    this.instance = instance;
  }

  @Override
  public List<String> services() {
    return Stream.concat(
            Stream.of(AGENT),
            api.containers(instance.id()).stream().map(Container::service).distinct().sorted())
        .toList();
  }

  @Override
  public List<LogLine> read(List<String> services, Optional<Instant> since, int last) {
    var all = new ArrayList<LogLine>();
    if (services.contains(AGENT)) {
      all.addAll(Logs.of(instance.layout()).read(List.of(AGENT), since, last));
    }
    String range = "&tail=" + last + since.map(ContainerLogs::from).orElse("");
    for (Container container : containers(services)) {
      all.addAll(lines(container, range));
    }
    all.sort(Comparator.comparing(line -> line.at().orElse(Instant.EPOCH)));
    return all;
  }

  /**
   * Asks again and again, from the last line of each container on: it may be replaced meanwhile.
   */
  @Override
  public void follow(List<String> services, Consumer<LogLine> reader, BooleanSupplier ended)
      throws InterruptedException {
    Map<String, Instant> last = new HashMap<>();
    Instant begin = newest(services);
    while (!ended.getAsBoolean()) {
      var arrived = new ArrayList<LogLine>();
      for (Container container : containers(services)) {
        Instant from = last.getOrDefault(container.id(), begin);
        for (LogLine line : lines(container, "&tail=all" + from(from))) {
          Instant at = line.at().orElse(from);
          if (at.isAfter(from)) {
            arrived.add(line);
            last.merge(container.id(), at, (a, b) -> a.isAfter(b) ? a : b);
          }
        }
      }
      arrived.sort(Comparator.comparing(line -> line.at().orElse(Instant.EPOCH)));
      arrived.forEach(reader);
      Thread.sleep(PAUSE);
    }
  }

  private Instant newest(List<String> services) {
    return read(services, Optional.empty(), 1).stream()
        .flatMap(line -> line.at().stream())
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private List<Container> containers(List<String> services) {
    return api.containers(instance.id()).stream()
        .filter(container -> services.contains(container.service()))
        .toList();
  }

  private static String from(Instant since) {
    return "&since=%d.%09d".formatted(since.getEpochSecond(), since.getNano());
  }

  private List<LogLine> lines(Container container, String range) {
    try {
      return api.read(
          "/containers/" + container.id() + "/logs?stdout=1&stderr=1&timestamps=1" + range,
          stream -> {
            var lines = new ArrayList<LogLine>();
            Frames.lines(stream, text -> lines.add(line(container.service(), text)));
            return lines;
          });
    } catch (ProblemException e) {
      return List.of(); // it was removed in this very moment
    }
  }

  /** The engine puts its own time before every line. */
  static LogLine line(String service, String text) {
    int space = text.indexOf(' ');
    try {
      return space < 0
          ? new LogLine(service, Optional.empty(), text)
          : new LogLine(
              service,
              Optional.of(Instant.parse(text.substring(0, space))),
              text.substring(space + 1));
    } catch (DateTimeParseException e) {
      return new LogLine(service, Optional.empty(), text);
    }
  }
}
