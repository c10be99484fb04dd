package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.BackupMethod;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.ReplicationSlots;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.backup.wire.PostgresException;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the backups of an instance going, as a process of its own beside the agent: ships log to
 * every target, takes backups when they are due, prunes, compacts log, drills. Where the database
 * is run by somebody else there is no log to ship. It ends with the agent that started it, and when
 * the instance is stopped.
 */
final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration BEAT = Duration.ofMillis(200);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration SCHEDULE = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT = Duration.ofMinutes(5);

  private static final String NO_SUCH_SLOT = "42704";

  private final SiteFolder site;
  private final Backups backups;
  private final InstantSource clock;
  private final DueDrills due;
  private final Map<Target, Thread> shipping = new HashMap<>();
  private final Set<String> givenUp = new HashSet<>();
  private final long parent = parent();

  Keeper(SiteFolder site, Backups backups, InstantSource clock, DueDrills due) {
    this.due = due;
    this.site = site;
    this.backups = backups;
    this.clock = clock;
  }

  private static long parent() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
  }

  void run() {
    Instance instance = Instance.require(site);
    Layout layout = instance.layout();
    try (FileChannel file =
        FileChannel.open(
            layout.backup().resolve("keeper.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      if (!locked(file, layout)) {
        return;
      }
      Thread schedule =
          Thread.ofPlatform().daemon().name("backups").start(() -> scheduled(instance));
      Thread drills = Thread.ofPlatform().daemon().name("drills").start(() -> drilled(instance));
      boolean logged = BackupMethod.of(instance).logged();
      Instant nextLook = Instant.MIN;
      Instant nextNote = Instant.MIN;
      while (!ended(layout)) {
        Instant now = steady();
        if (!now.isBefore(nextLook) && logged) {
          nextLook = now.plus(LOOK);
          reconcile(instance);
        }
        if (!now.isBefore(nextNote)) {
          nextNote = now.plus(SCHEDULE);
          note(instance);
        }
        Thread.sleep(BEAT);
      }
      schedule.interrupt();
      drills.interrupt();
      end();
      drills.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that is left of an agent that was killed ends by itself. */
  private boolean locked(FileChannel file, Layout layout) throws IOException, InterruptedException {
    while (!ended(layout)) {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return true;
      }
      Thread.sleep(BEAT);
    }
    return false;
  }

  private boolean ended(Layout layout) {
    return parent() != parent || Files.exists(layout.stopped());
  }

  private static Instant steady() {
    return Instant.EPOCH.plusNanos(System.nanoTime());
  }

  /** Has exactly the targets shipped to that are configured. */
  private void reconcile(Instance instance) throws InterruptedException, IOException {
    Optional<BackupConfig> config = config();
    if (config.isEmpty()) {
      return;
    }
    for (Target target : config.get().targets()) {
      Thread thread = shipping.get(target);
      if (thread == null || !thread.isAlive()) {
        shipping.put(
            target,
            Thread.ofPlatform()
                .daemon()
                .name("shipping-" + target.name())
                .start(new Shipping(instance, target, clock)));
      }
    }
    for (Target target : shipping.keySet().stream().toList()) {
      if (!config.get().targets().contains(target)) {
        Thread thread = shipping.remove(target);
        if (thread != null) {
          thread.interrupt();
          thread.join(Duration.ofSeconds(30));
        }
      }
    }
    for (String name : SiteTargets.NAMES) {
      if (config.get().target(name).isPresent()) {
        givenUp.remove(name);
      } else if (!givenUp.contains(name)) {
        giveUp(instance, name);
      }
    }
  }

  /** Log that waits for a target that is none any more would fill the disk. */
  private void giveUp(Instance instance, String name) {
    try (var connection = ReplicationConnection.open(Shipping.address(instance))) {
      connection.dropSlot(ReplicationSlots.name(instance, name));
      LOG.info("the database keeps no log for {} any more", name);
      givenUp.add(name);
    } catch (PostgresException e) {
      if (e.is(NO_SUCH_SLOT)) {
        givenUp.add(name);
      }
    } catch (IOException | ProblemException e) {
      LOG.debug("log is still kept for {}: {}", name, e.getMessage());
    }
  }

  /** A configuration that is just being changed and wrong changes nothing. */
  private Optional<BackupConfig> config() {
    try {
      return Optional.of(new SiteConfigFile(site.config()).load().backup());
    } catch (ProblemException e) {
      LOG.warn("the configuration cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void end() throws InterruptedException {
    shipping.values().forEach(Thread::interrupt);
    for (Thread thread : shipping.values()) {
      thread.join(Duration.ofSeconds(10));
    }
  }

  private void scheduled(Instance instance) {
    var care = new LogCare(new Care(instance, clock), Keeper::steady);
    var schedule =
        new Schedule(instance.layout(), clock, ZoneId.systemDefault(), new Work(backups, site));
    Instant nextBeat = steady();
    boolean logged = BackupMethod.of(instance).logged();
    try {
      if (!logged) {
        forgetLineages(instance);
      }
      while (!Thread.interrupted()) {
        if (logged && !steady().isBefore(nextBeat)) {
          nextBeat = steady().plus(HEARTBEAT);
          beat(instance);
        }
        Optional<BackupConfig> config = config();
        if (config.isPresent()) {
          if (!logged) {
            adopt(instance, config.get());
          }
          schedule.look(config.get());
          if (logged) {
            care.look(added(instance, config.get()));
          }
        }
        Thread.sleep(SCHEDULE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of a time when there was log to ship: no backup follows it now. */
  private static void forgetLineages(Instance instance) {
    for (String name : SiteTargets.NAMES) {
      try {
        Lineage.forget(instance.layout(), name);
      } catch (IOException e) {
        LOG.error("what was shipped to {} before is not forgotten: {}", name, e.getMessage());
      }
    }
  }

  /** A target that a recovery could not reach; shipping does it where there is log. */
  private void adopt(Instance instance, BackupConfig config) {
    for (Target target : config.targets()) {
      if (!TargetFiles.isAdded(instance.layout(), target.name())) {
        Targets.adopt(instance, target, clock);
      }
    }
  }

  private static List<Target> added(Instance instance, BackupConfig config) {
    return config.targets().stream()
        .filter(target -> TargetFiles.isAdded(instance.layout(), target.name()))
        .toList();
  }

  private record Work(Backups backups, SiteFolder site) implements Schedule.Work {
    @Override
    public Backups.Made create(String target) {
      return backups.create(site, Optional.of(target), false, (_, _) -> {}).all().getFirst();
    }

    @Override
    public void prune(String target) {
      backups.prune(site, Optional.of(target), (_, _) -> {}).all();
    }
  }

  private record Care(Instance instance, InstantSource clock) implements LogCare.Work {
    private SiteCare at(Target target) {
      return new SiteCare(instance, target, clock);
    }

    @Override
    public LogCompactor.Report compact(Target target) {
      return at(target).compact(LogCompactor.Limits.USUAL);
    }

    @Override
    public Optional<LogPosition> missing(Target target) {
      return at(target).missing();
    }

    @Override
    public void lost(Target target, LogPosition from) {
      at(target).lost(from);
    }
  }

  private void drilled(Instance instance) {
    DueDrills.Look look = due.of(instance.layout());
    try {
      while (!Thread.interrupted()) {
        Optional<BackupConfig> config = config();
        Optional<Instant> since =
            config.flatMap(known -> TargetFiles.firstAdded(instance.layout(), known));
        if (config.isPresent() && since.isPresent()) {
          look.look(config.get().drills(), since.get());
        }
        Thread.sleep(SCHEDULE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(Instance instance) {
    try {
      new BackupMetrics(backups.health(site), clock.instant()).write(instance.layout());
    } catch (IOException | ProblemException e) {
      LOG.warn("the figures for monitoring are not written: {}", e.getMessage());
    }
  }

  private static void beat(Instance instance) {
    try {
      SiteFacts.beat(instance.database());
    } catch (SQLException e) {
      LOG.warn("no heartbeat: {}", e.getMessage());
    }
  }
}
