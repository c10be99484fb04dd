package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an instance's services running until it is told to stop. Killed, it leaves them alone; the
 * next agent adopts them.
 */
public final class Agent {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final Duration BEAT = Duration.ofMillis(500);
  private static final Duration HASTE = Duration.ofMillis(50);
  private static final Duration ROTATION = Duration.ofSeconds(15);

  private final Layout layout;
  private final List<Watch> watches;
  private final Companion companion;
  private final LogRotation rotation;
  private final InstantSource clock;
  private volatile boolean stopping;
  private Instant nextRotation;

  private Agent(
      Layout layout,
      List<Watch> watches,
      Companion companion,
      LogRotation rotation,
      InstantSource clock) {
    this.layout = layout;
    this.watches = List.copyOf(watches);
    this.companion = companion;
    this.rotation = rotation;
    this.clock = clock;
    this.nextRotation = steady();
  }

  /**
   * Runs until the process is asked to end (SIGTERM, SIGINT), then stops the services in order.
   *
   * @param services in the order they are to be started
   * @param companion runs beside them, and ends first: the database waits for whoever reads its log
   */
  public static void run(
      Instance instance,
      List<Service> services,
      Companion companion,
      LogRotation rotation,
      InstantSource clock) {
    Layout layout = instance.layout();
    try (FileChannel channel =
        FileChannel.open(
            layout.run().resolve("agent.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new Problem.Locked(
                "NC-AGENT-RUNNING",
                "another agent looks after this instance already",
                "nanoctl status shows it")
            .raise();
      }
      var agent =
          new Agent(
              layout,
              services.stream().map(service -> new Watch(service, clock, steady())).toList(),
              companion,
              rotation,
              clock);
      agent.untilAsked();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void untilAsked() throws IOException {
    var ended = new CountDownLatch(1);
    var hook =
        new Thread(
            () -> {
              stopping = true;
              try {
                ended.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "agent-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    RunningProcess self = RunningProcess.current();
    replace(
        layout.agent(),
        JsonObject.builder()
            .put("pid", self.pid())
            .put("start_ticks", self.startTicks())
            .put("since", clock.instant().toString())
            .build());
    LOG.info("agent (pid {}) looks after {}", self.pid(), layout.root());
    try {
      while (!stopping) {
        beat();
        Thread.sleep(calm() ? BEAT : HASTE);
      }
      stopAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Files.deleteIfExists(layout.agent());
      LOG.info("agent stopped");
      ended.countDown();
    }
  }

  private void beat() throws InterruptedException {
    Instant now = steady();
    boolean changed = false;
    for (Watch watch : watches) {
      if (stopping) {
        return;
      }
      changed |= watch.tick(now);
      if (watch.state() != State.RUNNING && watch.process().isEmpty()) {
        break; // what comes after needs this one
      }
    }
    try {
      if (changed) {
        replace(layout.status(), status());
      }
      if (!now.isBefore(nextRotation)) {
        nextRotation = now.plus(ROTATION);
        for (String name : List.of("agent", "postgres", "server")) {
          rotation.rotate(layout.log(name));
        }
      }
    } catch (IOException e) {
      LOG.error("the state of the services cannot be written: {}", e.getMessage());
    }
  }

  /** A time that no change of the wall clock disturbs, good only for differences. */
  private static Instant steady() {
    return Instant.EPOCH.plusNanos(System.nanoTime());
  }

  private boolean calm() {
    return watches.stream().allMatch(watch -> watch.state() == State.RUNNING);
  }

  private void stopAll() throws InterruptedException {
    companion.close();
    for (Watch watch : watches.reversed()) {
      try {
        watch.stop();
      } catch (IOException e) {
        LOG.error("{} cannot be stopped: {}", watch.name(), e.getMessage());
      }
    }
  }

  private JsonObject status() {
    var services = JsonObject.builder();
    for (Watch watch : watches) {
      var service =
          JsonObject.builder()
              .put("state", watch.state().name())
              .put("since", watch.since().toString())
              .put("failures", watch.failures())
              .put("hangs", watch.hangs());
      watch.hung().ifPresent(at -> service.put("hung", at.toString()));
      services.put(watch.name(), service.build());
    }
    return services.build();
  }

  private static void replace(Path file, JsonObject json) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, Json.text(json));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
