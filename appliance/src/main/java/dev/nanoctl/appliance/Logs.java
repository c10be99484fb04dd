package dev.nanoctl.appliance;

import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The logs of an instance's services. */
public final class Logs implements ServiceLogs {
  /** Every log there is. */
  public static final List<String> SERVICES = List.of("agent", "postgres", "server");

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?) ?(Z|UTC)?");

  private final Layout layout;
  private final List<String> services;

  private Logs(Layout layout, List<String> services) {
    this.layout = layout;
    this.services = services;
  }

  /** The logs of that instance; a database that somebody else runs logs elsewhere. */
  static ServiceLogs of(Instance instance) {
    return new Logs(
        instance.layout(), instance.external().isPresent() ? List.of("agent", "server") : SERVICES);
  }

  /** The log files below that site's folder. */
  public static ServiceLogs of(Layout layout) {
    return new Logs(layout, SERVICES);
  }

  /** The name of a log, checked. */
  public static String known(String service) {
    if (!SERVICES.contains(service)) {
      throw new Problem.Usage(
              "NC-SERVICE-UNKNOWN",
              "there is no service " + service,
              "the services are " + String.join(", ", SERVICES))
          .raise();
    }
    return service;
  }

  @Override
  public List<String> services() {
    return services;
  }

  @Override
  public List<LogLine> read(List<String> services, Optional<Instant> since, int last) {
    var all = new ArrayList<LogLine>();
    for (String service : services) {
      List<LogLine> lines = lines(service, since);
      all.addAll(lines.subList(Math.max(0, lines.size() - last), lines.size()));
    }
    all.sort(Comparator.comparing(line -> line.at().orElse(Instant.EPOCH)));
    return all;
  }

  @Override
  public void follow(List<String> services, Consumer<LogLine> reader, BooleanSupplier ended)
      throws InterruptedException {
    var tails = services.stream().map(service -> new Tail(service, layout.log(service))).toList();
    while (!ended.getAsBoolean()) {
      for (Tail tail : tails) {
        tail.read().forEach(reader);
      }
      Thread.sleep(PAUSE);
    }
  }

  private List<LogLine> lines(String service, Optional<Instant> since) {
    var lines = new ArrayList<LogLine>();
    Instant at = Instant.EPOCH;
    for (Path file : files(service)) {
      for (String text : text(file).lines().toList()) {
        at = time(text).orElse(at);
        if (since.isEmpty() || !at.isBefore(since.get())) {
          lines.add(new LogLine(service, Optional.of(at), text));
        }
      }
    }
    return lines;
  }

  /** The finished files, oldest first, then the current one. */
  private List<Path> files(String service) {
    var files = new ArrayList<Path>();
    Path current = layout.log(service);
    for (int number = 1; Files.exists(numbered(current, number)); number++) {
      files.addFirst(numbered(current, number));
    }
    files.add(current);
    return files;
  }

  private static Path numbered(Path log, int number) {
    return log.resolveSibling(log.getFileName() + "." + number);
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first time a line names: PostgreSQL's prefix, or the field of a JSON line. */
  static Optional<Instant> time(String line) {
    Matcher matcher = TIME.matcher(line);
    if (!matcher.find() || matcher.start() > 40) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Instant.parse(matcher.group(1) + "T" + matcher.group(2).replace(',', '.') + "Z"));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Reads what was added to a file, also after it was emptied. */
  private static final class Tail {
    private final String service;
    private final Path file;
    private long position;

    Tail(String service, Path file) {
      this.service = service;
      this.file = file;
      this.position = size(file);
    }

    List<LogLine> read() {
      long size = size(file);
      if (size < position) {
        position = 0;
      }
      if (size == position) {
        return List.of();
      }
      try (var access = new RandomAccessFile(file.toFile(), "r")) {
        access.seek(position);
        var bytes = new byte[(int) Math.min(size - position, 1 << 20)];
        access.readFully(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n');
        if (end < 0) {
          return List.of();
        }
        String whole = text.substring(0, end + 1);
        position += whole.getBytes(StandardCharsets.UTF_8).length;
        return whole.lines().map(line -> new LogLine(service, time(line), line)).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static long size(Path file) {
      try {
        return Files.exists(file) ? Files.size(file) : 0;
      } catch (IOException e) {
        return 0;
      }
    }
  }
}
