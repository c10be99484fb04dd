package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.site.BackupConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a drill when one is due. What was due while the machine was off is made up for, once; one
 * that could not be carried out is tried again after an hour. A drill of everything counts as a
 * sampled one, too.
 */
public final class DrillSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(DrillSchedule.class);
  private static final Duration RETRY = Duration.ofHours(1);
  private static final String WHOLE = "whole";
  private static final String SAMPLED = "sampled";

  private final Layout layout;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Runner runner;
  private Instant notBefore = Instant.MIN;

  /** Carries a drill out. */
  @FunctionalInterface
  public interface Runner {
    /**
     * Runs it to its end.
     *
     * @param sampled whether few objects are read
     * @return whether it came to a report, whatever that says
     */
    boolean run(boolean sampled) throws IOException, InterruptedException;
  }

  /** For the instance there. */
  public DrillSchedule(Layout layout, InstantSource clock, ZoneId zone, Runner runner) {
    this.layout = layout;
    this.clock = clock;
    this.zone = zone;
    this.runner = runner;
  }

  /**
   * Runs what is due now.
   *
   * @param since when there was something to drill with first; nothing is due from before
   */
  public void look(BackupConfig.Drills config, Instant since) throws InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(notBefore) && !notBefore.isAfter(now.plus(RETRY))) {
      return;
    }
    ZonedDateTime here = now.atZone(zone);
    Optional<Instant> whole = config.whole().map(at -> at.lastBefore(here).toInstant());
    Optional<Instant> sampled = config.sampled().map(at -> at.lastBefore(here).toInstant());
    if (isDue(whole, WHOLE, since)) {
      run(false, now);
    } else if (isDue(sampled, SAMPLED, since)) {
      run(true, now);
    }
  }

  private boolean isDue(Optional<Instant> due, String kind, Instant since) {
    Instant latest = clock.instant().plus(RETRY);
    // what was noted by a clock that was wrong says nothing
    Instant last = noted(kind).filter(at -> !at.isAfter(latest)).orElse(Instant.MIN);
    return due.filter(at -> at.isAfter(since) && at.isAfter(last)).isPresent();
  }

  private void run(boolean sampled, Instant now) throws InterruptedException {
    try {
      if (runner.run(sampled)) {
        note(sampled, now);
      } else {
        notBefore = now.plus(RETRY);
        LOG.warn("the drill could not be carried out; it is tried again after {}", RETRY);
      }
    } catch (IOException e) {
      notBefore = now.plus(RETRY);
      LOG.warn("the drill could not be carried out: {}", e.getMessage());
    }
  }

  private Path file() {
    return layout.backup().resolve("drilled.json");
  }

  private Optional<Instant> noted(String kind) {
    try {
      return Json.parseObject(Files.readAllBytes(file())).text(kind).map(Instant::parse);
    } catch (IOException | JsonSyntaxException | DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private void note(boolean sampled, Instant at) throws IOException {
    var json = JsonObject.builder().put(SAMPLED, at.toString());
    Optional<Instant> whole = sampled ? noted(WHOLE) : Optional.of(at);
    whole.ifPresent(last -> json.put(WHOLE, last.toString()));
    DurableFile.write(
        file(), Json.text(json.build()).getBytes(StandardCharsets.UTF_8), "rw-------");
  }
}
