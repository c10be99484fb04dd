package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.repo.FaultyRepository;
import dev.nanoctl.backup.repo.ForwardingRepository;
import dev.nanoctl.backup.restore.RestorePlan;
import dev.nanoctl.backup.restore.RestoreTarget;
import dev.nanoctl.backup.wal.CompactionPlan;
import dev.nanoctl.backup.wal.LiveLog;
import dev.nanoctl.backup.wal.LogChain;
import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wal.LogReader;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wal.LogTracker;
import dev.nanoctl.backup.wal.Resumption;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.backup.wal.ShipperSettings;
import dev.nanoctl.backup.wire.Slot;
import dev.nanoctl.backup.wire.TimelineHistory;
import dev.nanoctl.core.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Log is shipped, backed up, compacted and pruned over a store that fails in every way, by
 * processes that end at every call and meddle with each other. After each step all log that was
 * acknowledged as durable and is still needed has to be restorable to the byte. {@code
 * -Dfault.schedules=100000} runs as many.
 */
class LogFaultScheduleTest {
  private static final int SCHEDULES = Integer.getInteger("fault.schedules", 60);
  private static final int STEPS = 14;
  private static final Duration GRACE = Duration.ofHours(24);
  private static final Retention FEW = new Retention(1, 0, 1);
  private static final LogPosition FIRST = new LogPosition(0x300_0000);
  private static final LogCompactor.Limits LIMITS =
      new LogCompactor.Limits(
          new CompactionPlan(2000, 4), Duration.ofHours(1), 1000, Duration.ofHours(1));

  @Test
  void acknowledgedLogIsNeverLost() throws IOException {
    var sum = new Tally();
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      new Schedule(seed, sum).run();
    }
    // the schedules are worth something only if all of this happens in them
    assertThat(sum.merged).as(sum.toString()).isGreaterThanOrEqualTo(SCHEDULES);
    assertThat(sum.letGo).as(sum.toString()).isGreaterThan(5L * SCHEDULES);
    assertThat(sum.crashed).as(sum.toString()).isGreaterThanOrEqualTo(SCHEDULES);
    assertThat(sum.halves).as(sum.toString()).isGreaterThanOrEqualTo(SCHEDULES / 20);
    assertThat(sum.begunAnew).as(sum.toString()).isGreaterThanOrEqualTo(SCHEDULES / 20);
    assertThat(sum.readAround).as(sum.toString()).isGreaterThanOrEqualTo(SCHEDULES / 20);
  }

  private static final class Tally {
    private long merged;
    private long letGo;
    private long crashed;
    private long halves;
    private long begunAnew;
    private long readAround;

    @Override
    public String toString() {
      return "%d merged, %d let go, %d crashed, %d halves, %d begun anew, %d read around"
          .formatted(merged, letGo, crashed, halves, begunAnew, readAround);
    }
  }

  /** What the server wrote in one lineage, and up to where it was told that all is durable. */
  private static final class Truth {
    private final UUID lineage;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private LogPosition durable = FIRST;

    Truth(UUID lineage) {
      this.lineage = lineage;
    }

    LogPosition end() {
      return new LogPosition(FIRST.value() + log.size());
    }

    byte[] between(LogPosition from, LogPosition to) {
      return Arrays.copyOfRange(
          log.toByteArray(),
          (int) (from.value() - FIRST.value()),
          (int) (to.value() - FIRST.value()));
    }
  }

  /** A store that keeps what it says it kept: shipping has no second look at it. */
  private static final class Honest extends ForwardingRepository {
    Honest(Repository repository) {
      super(repository);
    }

    @Override
    public Stored put(String key, ByteBuffer content) throws IOException {
      Stored stored = super.put(key, content);
      if (get(key, Integer.MAX_VALUE).isEmpty()) {
        throw new RepositoryException(Kind.UNAVAILABLE, key, "is not there yet");
      }
      return stored;
    }
  }

  private static final class Schedule {
    private final long seed;
    private final Tally sum;
    private final Random random;
    private final MemoryRepository store = new MemoryRepository();
    private final Site site;
    private final Map<UUID, Truth> truths = new HashMap<>();
    private final Set<UUID> ended = new HashSet<>();
    private Truth current;
    private @Nullable Vault observer;
    private Instant time = Instant.parse("2026-11-21T02:00:00Z");

    Schedule(long seed, Tally sum) {
      this.seed = seed;
      this.sum = sum;
      this.random = new Random(seed);
      this.site = new Site(seed);
      this.current = begin();
    }

    private Truth begin() {
      var truth = new Truth(new UUID(seed, truths.size()));
      truths.put(truth.lineage, truth);
      return truth;
    }

    void run() throws IOException {
      site.create(store);
      observer = Vault.open(store, Site.PASSPHRASE, new Site(seed).machine());
      site.fill("a", 1);
      ship(store);
      backup(store);
      for (int step = 0; step < STEPS; step++) {
        time = time.plus(Duration.ofHours(random.nextInt(14)));
        store.now = time.plus(Duration.ofMinutes(random.nextInt(200) - 100));
        int skew = random.nextInt(5) == 0 ? random.nextInt(60) - 30 : 0;
        site.now = time.plus(Duration.ofHours(skew));
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> step(this::ship);
          case 3, 4 -> step(this::compact);
          case 5 -> step(this::backup);
          case 6, 7 -> step(this::prune);
          default -> read();
        }
        look();
      }
    }

    private interface Work {
      void on(Repository repository) throws IOException;
    }

    private void step(Work work) {
      double rate = random.nextInt(4) == 0 ? 0.02 : 0;
      int fault = random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 0;
      int crash = random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 0;
      Repository faulty = new FaultyRepository(store, random, rate, fault, crash);
      boolean meddled = random.nextInt(3) == 0;
      attempt(
          work,
          meddled
              ? new InterruptedRepository(faulty, 1 + random.nextInt(40), this::meddle)
              : faulty);
    }

    private void meddle() {
      Work other = random.nextBoolean() ? this::compact : this::prune;
      attempt(other, new FaultyRepository(store, random, 0, 0, random.nextInt(40)));
    }

    private void attempt(Work work, Repository repository) {
      try {
        work.on(repository);
      } catch (FaultyRepository.Crash _) {
        sum.crashed++;
      } catch (ProblemException | IOException _) {
        // a step may fail; what it may not do is looked for afterwards
      }
    }

    /** The server writes; the shipper starts, goes on where the archive ends, and is killed. */
    private void ship(Repository repository) throws IOException {
      byte[] written = new byte[200 + random.nextInt(1500)];
      random.nextBytes(written);
      Arrays.fill(written, 0, written.length / 2, (byte) 7);
      current.log.writeBytes(written);
      SealedLog log = log(new Honest(repository));
      var settings = new ShipperSettings(current.lineage, "slot", 120, Duration.ZERO, 4);
      // a server that crashed remembers less of what it was told
      boolean forgot = random.nextInt(4) == 0;
      var slot = new Slot("slot", forgot ? FIRST : current.durable, 1);
      LogPosition from =
          LogShipper.archived(log, settings, 1)
              .map(archived -> new Resumption.Continue(1, archived.end()))
              .map(next -> next.notAfter(slot, settings.back()).from())
              .orElse(FIRST);
      boolean shown = from.compareTo(slot.restart()) >= 0;
      if (shown ? random.nextInt(12) == 0 : random.nextBoolean()) {
        // the server gave its log up, or has not what a listing that shows too little asks for
        ended.add(current.lineage);
        current = begin();
        sum.begunAnew++;
        return;
      }
      var tracker = new LogTracker(from);
      while (tracker.sent().compareTo(current.end()) < 0) {
        List<LogRange> underway = new ArrayList<>();
        while (underway.size() < 4 && tracker.sent().compareTo(current.end()) < 0) {
          long left = current.end().value() - tracker.sent().value();
          long length = Math.min(left, 1 + random.nextInt(120));
          var range =
              new LogRange(
                  current.lineage,
                  1,
                  tracker.sent(),
                  new LogPosition(tracker.sent().value() + length));
          tracker.sent(range);
          underway.add(range);
        }
        while (!underway.isEmpty()) {
          LogRange range = underway.remove(random.nextInt(underway.size()));
          log.put(range, ByteBuffer.wrap(current.between(range.start(), range.end())));
          tracker.arrived(range);
          if (tracker.durable().compareTo(current.durable) > 0) {
            current.durable = tracker.durable();
          }
        }
      }
    }

    private SealedLog log(Repository repository) throws IOException {
      return new SealedLog(repository, site.open(repository).sealer());
    }

    private void backup(Repository repository) throws IOException {
      Vault vault = site.open(repository);
      var log = new SealedLog(repository, vault.sealer());
      LogPosition stop = current.durable;
      long start = FIRST.value() + random.nextLong(1 + stop.value() - FIRST.value());
      var cut = new DatabaseCut(current.lineage, 1, 1, new LogPosition(start), stop, "18.6");
      try (SnapshotWriter writer = vault.begin(Site.SETTINGS)) {
        site.write(writer);
        site.publish(
            writer,
            Optional.of(cut),
            c -> {
              if (log.covered(c.lineage(), 1, FIRST).compareTo(c.stop()) < 0) {
                throw new IOException("the log is not there");
              }
            });
      }
    }

    private void compact(Repository repository) throws IOException {
      Vault vault = site.open(repository);
      var log = new SealedLog(halving(repository), vault.sealer());
      var report = new LogCompactor(log, vault.journal().state(), () -> site.now, LIMITS).run();
      sum.merged += report.made();
    }

    /** A store that does not write all or nothing, when its power goes. */
    private Repository halving(Repository repository) {
      int[] left = {random.nextInt(12)};
      return new ForwardingRepository(repository) {
        @Override
        public Stored put(String key, ByteBuffer content) throws IOException {
          if (--left[0] == 0 && !store.objects.containsKey(key)) {
            byte[] half = new byte[random.nextInt(content.remaining())];
            content.duplicate().get(half);
            store.put(key, ByteBuffer.wrap(half));
            sum.halves++;
            throw new FaultyRepository.Crash();
          }
          return super.put(key, content);
        }
      };
    }

    private void prune(Repository repository) throws IOException {
      Vault vault = site.open(repository);
      List<DatabaseCut> all = new ArrayList<>();
      List<DatabaseCut> window = new ArrayList<>();
      for (JournalState.Backup backup : vault.journal().state().good()) {
        DatabaseCut cut = vault.open(backup).manifest().database().orElseThrow();
        all.add(cut);
        if (backup.published().isAfter(site.now.minus(Duration.ofDays(1)))) {
          window.add(cut);
        }
      }
      truths.keySet().stream()
          .filter(id -> window.stream().noneMatch(cut -> cut.lineage().equals(id)))
          .filter(id -> !id.equals(current.lineage))
          .forEach(ended::add);
      var live =
          new LiveLog(
              new SealedLog(repository, vault.sealer()), all, window, List.of(current.lineage));
      long before = pieces();
      try {
        vault.collector(GRACE, List.of(live), 1).run(FEW, ZoneOffset.UTC);
      } finally {
        sum.letGo += Math.max(0, before - pieces());
      }
    }

    private long pieces() {
      return store.objects.keySet().stream().filter(key -> key.startsWith("wal/")).count();
    }

    /** A restore plans, takes its time while others work, and reads. */
    private void read() throws IOException {
      Vault vault = Objects.requireNonNull(observer);
      var log = new SealedLog(store, vault.sealer());
      List<LogRange> known = log.list(current.lineage);
      List<LogRange> planned = LogChain.from(FIRST, 1, known).ranges();
      for (int i = random.nextInt(7); i >= 0; i--) {
        time = time.plus(Duration.ofHours(random.nextInt(30)));
        site.now = time;
        store.now = time;
        attempt(random.nextBoolean() ? this::compact : this::prune, store);
      }
      List<String> there = planned.stream().map(LogRange::key).toList();
      if (!store.objects.keySet().containsAll(there)) {
        sum.readAround++;
      }
      require(new LogReader(log), planned, current, FIRST, current.durable);
    }

    private void require(
        LogReader reader, List<LogRange> planned, Truth truth, LogPosition from, LogPosition to)
        throws IOException {
      var read = new ByteArrayOutputStream();
      reader.read(planned, from, to, read::write);
      assertThat(read.toByteArray()).as("seed %d", seed).isEqualTo(truth.between(from, to));
    }

    /** Everything that was promised is there and is what the server wrote. */
    private void look() throws IOException {
      Vault vault = Objects.requireNonNull(observer);
      vault.journal().refresh();
      var log = new SealedLog(store, vault.sealer());
      try {
        List<DatabaseCut> cuts = new ArrayList<>();
        for (JournalState.Backup backup : vault.journal().state().good()) {
          cuts.add(vault.open(backup).manifest().database().orElseThrow());
        }
        for (DatabaseCut cut : cuts) {
          Truth truth = Objects.requireNonNull(truths.get(cut.lineage()));
          boolean whole = !ended.contains(cut.lineage());
          LogPosition to = whole ? truth.durable : cut.stop();
          RestorePlan plan =
              RestorePlan.of(
                  cut,
                  TimelineHistory.none(1),
                  log.list(cut.lineage()),
                  new RestoreTarget.Position(to));
          RestorePlan.Part part = plan.parts().getFirst();
          require(new LogReader(log), part.ranges(), truth, part.start(), to);
        }
        LogPosition end = log.covered(current.lineage, 1, FIRST);
        assertThat(end).as("seed %d", seed).isGreaterThanOrEqualTo(current.durable);
      } catch (ProblemException e) {
        throw new AssertionError("seed " + seed + " lost log", e);
      }
    }
  }
}
