package dev.nanoctl.appliance.usage;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Samples of the last quarter of an hour, one a minute, and of the last month, one an hour. Losing
 * the file costs nothing but the memory of what was.
 */
public final class History {
  private static final Duration LATELY = Duration.ofMinutes(5);
  private static final Duration FINE = Duration.ofMinutes(15);
  private static final Duration COARSE = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(31);
  private static final Duration DAY = Duration.ofDays(1);

  private final Path file;

  /** The history in that file, which need not exist. */
  public History(Path file) {
    this.file = file;
  }

  /** All samples, the oldest first; none where there is nothing to be read. */
  public List<Sample> samples() {
    var samples = new ArrayList<Sample>();
    try {
      for (String line : Files.readAllLines(file)) {
        samples.add(Sample.of(Json.parseObject(line)));
      }
    } catch (IOException
        | JsonSyntaxException
        | JsonTypeException
        | DateTimeException
        | IllegalArgumentException e) {
      // what could be read before it is as good as ever
    }
    return samples;
  }

  /** Adds a sample, and forgets those that are no longer needed. */
  public void add(Sample sample) throws IOException {
    var kept = new ArrayList<Sample>();
    for (Sample old : samples()) {
      boolean fine = old.at().isAfter(sample.at().minus(FINE));
      boolean hour = kept.isEmpty() || !old.at().isBefore(kept.getLast().at().plus(COARSE));
      boolean known = old.at().isAfter(sample.at().minus(KEPT)) && old.at().isBefore(sample.at());
      if (known && (fine || hour)) {
        kept.add(old);
      }
    }
    kept.add(sample);
    String text =
        kept.stream().map(one -> Json.text(one.json()) + "\n").collect(Collectors.joining());
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * What was answered in the last five minutes or some more, as samples are a minute apart; since
   * the server's start where that is not so long ago, or nobody took samples.
   *
   * @param now what was answered since the server's start
   */
  public Traffic lately(Traffic now, Instant at) {
    return samples().stream()
        .filter(sample -> sample.at().isAfter(at.minus(FINE)))
        .filter(sample -> !sample.at().isAfter(at.minus(LATELY)))
        .reduce((_, later) -> later)
        .map(sample -> now.since(sample.traffic()))
        .orElse(now);
  }

  /** How many requests failed within a day, over all restarts of the server. */
  public long errorsInADay(Traffic now, Instant at) {
    List<Sample> day =
        samples().stream().filter(sample -> sample.at().isAfter(at.minus(DAY))).toList();
    long errors = 0;
    for (int i = 1; i < day.size(); i++) {
      errors += day.get(i).traffic().since(day.get(i - 1).traffic()).errors();
    }
    return day.isEmpty() ? now.errors() : errors + now.since(day.getLast().traffic()).errors();
  }

  /** In how many days the disk will be full, where that can be told. */
  public OptionalLong daysLeft(Instant now) {
    return Forecast.daysLeft(samples(), now);
  }
}
