package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.machine.Disk;
import dev.nanoctl.appliance.usage.History;
import dev.nanoctl.appliance.usage.Sample;
import dev.nanoctl.appliance.usage.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes once a minute how much the instance is used, beside the agent's own work. */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final History history;
  private final HealthProbe probe;
  private final Path root;
  private final InstantSource clock;
  private final Thread thread;

  private Recorder(History history, HealthProbe probe, Path root, InstantSource clock) {
    this.history = history;
    this.probe = probe;
    this.root = root;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("usage").unstarted(this::untilClosed);
  }

  /** Begins; the first note is taken after a minute. */
  public static Recorder start(History history, HealthProbe probe, Path root, InstantSource clock) {
    var recorder = new Recorder(history, probe, root, clock);
    recorder.thread.start();
    return recorder;
  }

  private void untilClosed() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(PAUSE);
        note();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Notes how it is now; nothing while the server does not answer. */
  void note() {
    Optional<String> metrics = probe.body("/metrics");
    if (metrics.isEmpty()) {
      return;
    }
    try {
      history.add(
          new Sample(clock.instant(), Disk.near(root).free(), Traffic.parse(metrics.get())));
    } catch (IOException e) {
      LOG.warn("what is used cannot be noted: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
