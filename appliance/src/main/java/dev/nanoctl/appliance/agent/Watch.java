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
  private static final Duration STEADY = Duration.ofMinutes(1);

  /** How long one that answered before may not answer, and how often in a row. */
  private static final Duration MUTE = Duration.ofSeconds(30);

  private static final int UNANSWERED = 3;

  /** How long one may take until it answers for the first time: it may bring the database up. */
  private static final Duration SLOW_START = Duration.ofSeconds(150);

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
  private boolean spoke;
  private int unanswered;
  private int failures;
  private int hangs;
  private Optional<Instant> hung = Optional.empty();

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

  /** How often it ran, did not answer any more and was started anew. */
  int hangs() {
    return hangs;
  }

  /** When that was last. */
  Optional<Instant> hung() {
    return hung;
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
      spoke = false;
      unanswered = 0;
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
      spoke = true;
      unanswered = 0;
      if (state == State.RUNNING && now.isAfter(steadySince.plus(STEADY))) {
        failures = 0;
      }
      become(State.RUNNING, now);
      nextProbe = now.plus(CALM);
      return;
    }
    unanswered++;
    become(State.STARTING, now);
    nextProbe = now.plus(EAGER);
    if (service.restartWhenMute() && mute(now)) {
      LOG.warn(
          "{} (pid {}) does not answer for {} s; starting it anew",
          service.name(),
          process.orElseThrow().pid(),
          Duration.between(answered, now).toSeconds());
      hangs++;
      hung = Optional.of(clock.instant());
      endMute();
      lost(now);
    }
  }

  /** Time alone does not tell: it also passes while the agent or the whole machine stands still. */
  private boolean mute(Instant now) {
    return unanswered >= UNANSWERED && now.isAfter(answered.plus(spoke ? MUTE : SLOW_START));
  }

  private void endMute() throws InterruptedException {
    try {
      service.abandon(process.orElseThrow());
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
