package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.process.RunningProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one service: starts it, adopts it, starts it again, a little later each time. */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration EAGER = Duration.ofMillis(100);
  private static final Duration CALM = Duration.ofSeconds(10);
  private static final Duration MUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Service service;
  private final InstantSource clock;
  private Optional<RunningProcess> process = Optional.empty();
  private State state = State.DOWN;
  private Instant since;
  private Instant steadySince;
  private Instant nextStart;
  private Instant nextProbe;
  private Instant answered;
  private int failures;

  /** Watches a service; the clock tells people since when, the steady time measures. */
  Watch(Service service, InstantSource clock, Instant now) {
    this.service = service;
    this.clock = clock;
    this.since = clock.instant();
    this.steadySince = now;
    this.nextStart = now;
    this.nextProbe = now;
    this.answered = now;
  }

  String name() {
    return service.name();
  }

  State state() {
    return state;
  }

  Instant since() {
    return since;
  }

  int failures() {
    return failures;
  }

  Optional<RunningProcess> process() {
    return process;
  }

  /** One look at the service; true when what is known about it changed. */
  boolean tick(Instant now) throws InterruptedException {
    State before = state;
    if (process.isPresent() && !process.get().alive()) {
      lost(now);
    }
    if (process.isEmpty() && !now.isBefore(nextStart)) {
      begin(now);
    }
    if (process.isPresent() && !now.isBefore(nextProbe)) {
      probe(now);
    }
    return before != state;
  }

  /** Ends the service. */
  void stop() throws IOException, InterruptedException {
    Optional<RunningProcess> running = process.or(service::running);
    if (running.isPresent()) {
      LOG.info("stopping {}", service.name());
      service.stop(running.get());
    }
    process = Optional.empty();
    state = State.STOPPED;
  }

  private void begin(Instant now) throws InterruptedException {
    try {
      Optional<RunningProcess> survivor = service.running();
      if (survivor.isPresent()) {
        LOG.info("adopted {} (pid {})", service.name(), survivor.get().pid());
        process = survivor;
      } else {
        RunningProcess started = service.start();
        LOG.info("started {} (pid {})", service.name(), started.pid());
        process = Optional.of(started);
      }
      become(State.STARTING, now);
      nextProbe = now;
      answered = now;
    } catch (IOException | RuntimeException e) {
      LOG.error("{} cannot be started: {}", service.name(), e.getMessage());
      lost(now);
    }
  }

  private void lost(Instant now) {
    if (process.isPresent()) {
      LOG.warn("{} (pid {}) has ended", service.name(), process.get().pid());
    }
    process = Optional.empty();
    nextStart = now.plus(pause(failures));
    failures++;
    become(State.RESTARTING, now);
  }

  private void probe(Instant now) throws InterruptedException {
    if (service.healthy()) {
      answered = now;
      if (state == State.RUNNING && now.isAfter(steadySince.plus(MUTE))) {
        failures = 0;
      }
      become(State.RUNNING, now);
      nextProbe = now.plus(CALM);
      return;
    }
    become(State.STARTING, now);
    nextProbe = now.plus(EAGER);
    if (service.restartWhenMute() && now.isAfter(answered.plus(MUTE))) {
      LOG.warn("{} does not answer any more; starting it anew", service.name());
      endMute();
      lost(now);
    }
  }

  private void endMute() throws InterruptedException {
    try {
      service.stop(process.orElseThrow());
    } catch (IOException e) {
      LOG.error("{} cannot be stopped: {}", service.name(), e.getMessage());
    }
  }

  private void become(State next, Instant now) {
    if (state != next) {
      state = next;
      since = clock.instant();
      steadySince = now;
    }
  }

  /** At once after the first failure, then 0.5 s, 1 s, 2 s … up to half a minute. */
  static Duration pause(int failuresBefore) {
    if (failuresBefore == 0) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofMillis(250L << Math.min(failuresBefore, 12));
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }
}
