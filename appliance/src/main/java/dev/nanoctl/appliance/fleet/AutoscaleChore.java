package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.agent.AgentChore;
import dev.nanoctl.appliance.plan.Autoscaler;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the number of app containers follow the load while {@code docker.autoscale.enabled} says so.
 * Each change is an ordinary scale operation, with its lock and its journal.
 */
public final class AutoscaleChore implements AgentChore {
  private static final Logger LOG = LoggerFactory.getLogger(AutoscaleChore.class);
  private static final Duration PACE = Duration.ofSeconds(15);

  /**
   * What one container of the app has used.
   *
   * @param container its id
   * @param cpuNanos processor time since it started, in nanoseconds
   * @param memoryLimit the most memory it may take, in bytes
   */
  public record Used(String container, long cpuNanos, long memoryLimit) {}

  /** Measures the containers of the app that run. */
  public interface Meter {
    /** What each has used so far. */
    List<Used> apps() throws InterruptedException;
  }

  /** Changes how many there are. */
  public interface Scaling {
    /** Has that many. */
    void to(int apps) throws InterruptedException;
  }

  /**
   * The machine.
   *
   * @param freeMemory bytes that are free or can be freed at once
   */
  public record Host(int cores, LongSupplier freeMemory) {}

  private final Layout layout;
  private final Meter meter;
  private final Scaling scaling;
  private final Host host;
  private final InstantSource clock;
  private Autoscaler state = Autoscaler.FRESH;
  private Map<String, Long> before = Map.of();
  private Instant measured = Instant.EPOCH;

  /** For the instance with that layout. */
  public AutoscaleChore(
      Layout layout, Meter meter, Scaling scaling, Host host, InstantSource clock) {
    this.layout = layout;
    this.meter = meter;
    this.scaling = scaling;
    this.host = host;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "autoscale";
  }

  @Override
  public Duration every() {
    return PACE;
  }

  @Override
  public void run() throws IOException, InterruptedException {
    SiteConfig.Autoscale wished =
        new SiteConfigFile(layout.site().config()).load().docker().autoscale();
    if (!wished.enabled() || Files.exists(layout.stopped())) {
      state = Autoscaler.FRESH;
      before = Map.of();
      AutoscaleNote.forget(layout);
      return;
    }
    Autoscaler.Look look = look();
    if (look.apps() == 0) {
      return; // nothing runs: that is for those to mend who look after containers
    }
    Autoscaler.Decision decision =
        state.next(new Autoscaler.Policy(wished.least(), wished.most(), wished.cpu()), look);
    if (decision.apps() != look.apps() && !scaled(look.apps(), decision)) {
      return;
    }
    state = decision.state();
    new AutoscaleNote(look.at(), decision.apps(), decision.why()).write(layout);
  }

  /** Whether it could be done; while something else is going on, it is tried the next time. */
  private boolean scaled(int apps, Autoscaler.Decision decision) throws InterruptedException {
    LOG.info("scaling the app from {} to {}: {}", apps, decision.apps(), decision.why());
    try {
      scaling.to(decision.apps());
      return true;
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Locked) {
        LOG.info("not scaled now: {}", e.problem().message());
        return false;
      }
      // what failed was undone; the pause after a change keeps it from being tried at once
      state = decision.state();
      throw e;
    }
  }

  private Autoscaler.Look look() throws InterruptedException {
    List<Used> apps = meter.apps();
    Instant now = clock.instant();
    OptionalDouble cores = cores(apps, Duration.between(measured, now));
    before = apps.stream().collect(Collectors.toMap(Used::container, Used::cpuNanos));
    measured = now;
    long memory = apps.stream().mapToLong(Used::memoryLimit).max().orElse(0);
    return new Autoscaler.Look(
        now,
        apps.size(),
        cores,
        new Autoscaler.Machine(host.cores(), host.freeMemory().getAsLong(), memory));
  }

  /** Only what was seen twice can be measured; with one that was not, the sum would be too low. */
  private OptionalDouble cores(List<Used> apps, Duration time) {
    Map<String, Long> earlier = new HashMap<>(before);
    if (time.isNegative() || time.isZero() || time.compareTo(PACE.multipliedBy(4)) > 0) {
      return OptionalDouble.empty();
    }
    long nanos = 0;
    for (Used app : apps) {
      Optional<Long> then = Optional.ofNullable(earlier.get(app.container()));
      if (then.isEmpty() || app.cpuNanos() < then.get()) {
        return OptionalDouble.empty();
      }
      nanos += app.cpuNanos() - then.get();
    }
    return OptionalDouble.of((double) nanos / time.toNanos());
  }
}
