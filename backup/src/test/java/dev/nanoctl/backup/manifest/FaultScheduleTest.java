package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.repo.FaultyRepository;
import dev.nanoctl.backup.repo.ForwardingRepository;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Backups and pruning over a store that fails in every way and processes that end at every call,
 * with clocks that jump. After each step a look at the store itself, without faults, has to find
 * that all that was promised holds. {@code -Dfault.schedules=100000} runs as many.
 */
class FaultScheduleTest {
  private static final int SCHEDULES = Integer.getInteger("fault.schedules", 60);
  private static final int STEPS = 8;
  private static final Duration GRACE = Duration.ofHours(24);
  private static final Retention FEW = new Retention(1, 0, 1);

  @Test
  void nothingPromisedIsEverLost() throws IOException {
    int published = 0;
    int crashed = 0;
    int swept = 0;
    for (long seed = 1; seed <= SCHEDULES; seed++) {
      var schedule = new Schedule(seed);
      schedule.run();
      published += schedule.published;
      crashed += schedule.crashed;
      swept += schedule.swept;
    }
    // the schedules are worth something only if all of this happens in them
    assertThat(published).isGreaterThan(SCHEDULES);
    assertThat(crashed).isGreaterThan(SCHEDULES / 2);
    assertThat(swept).isGreaterThan(SCHEDULES / 10);
  }

  /** Remembers what every key ever held. */
  private static final class Watched extends ForwardingRepository {
    private final Map<String, byte[]> first = new HashMap<>();

    Watched(Repository store) {
      super(store);
    }

    @Override
    public Stored put(String key, ByteBuffer content) throws IOException {
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      Stored stored = super.put(key, content);
      byte[] before = first.putIfAbsent(key, bytes);
      assertThat(before == null || Arrays.equals(before, bytes)).as("overwritten: " + key).isTrue();
      return stored;
    }
  }

  private static final class Schedule {
    private final long seed;
    private final Random random;
    private final MemoryRepository store = new MemoryRepository();
    private final Watched watched = new Watched(store);
    private final Site site;
    private final Map<UUID, Map<String, byte[]>> contents = new HashMap<>();
    private @Nullable Vault observer;
    private Optional<UUID> reported = Optional.empty();
    private Instant time = Instant.parse("2026-11-21T02:00:00Z");
    private int published;
    private int crashed;
    private int swept;

    Schedule(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.site = new Site(seed);
    }

    void run() throws IOException {
      site.create(watched);
      var watcher = new Site(seed);
      observer = Vault.open(store, Site.PASSPHRASE, watcher.machine());
      site.fill("a", 3);
      site.fill("b", 2);
      step(this::backup, 0, 0, 0);
      for (int step = 0; step < STEPS; step++) {
        double rate = random.nextInt(4) == 0 ? 0.02 : 0;
        int fault = random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 0;
        int crash = random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 0;
        time = time.plus(Duration.ofHours(13));
        // a clock that is hours off, in either direction, now and then
        int skew = random.nextInt(4) == 0 ? random.nextInt(120) - 60 : 0;
        site.now = time.plus(Duration.ofHours(skew));
        if (random.nextInt(3) == 0) {
          site.change("a", random.nextInt(3));
        }
        if (random.nextInt(4) == 0) {
          site.fill("b", 1 + random.nextInt(3));
        }
        reported = Optional.empty();
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> step(this::backup, rate, fault, crash);
          case 3, 4, 5 -> step(this::prune, rate, fault, crash);
          default -> step(this::race, rate, fault, crash);
        }
        look();
      }
    }

    private interface Work {
      void on(Repository repository) throws IOException;
    }

    private void step(Work work, double rate, int fault, int crash) {
      try {
        work.on(new FaultyRepository(watched, random, rate, fault, crash));
      } catch (FaultyRepository.Crash _) {
        crashed++;
      } catch (ProblemException | IOException _) {
        // a step may fail; what it may not do is looked for afterwards
      }
    }

    private void backup(Repository repository) throws IOException {
      Vault vault = site.open(repository);
      try (SnapshotWriter writer = vault.begin(Site.SETTINGS)) {
        site.write(writer);
        reported = Optional.of(publish(writer));
      }
    }

    private UUID publish(SnapshotWriter writer) throws IOException {
      Map<String, byte[]> content = new TreeMap<>(site.files);
      SnapshotManifest manifest = site.publish(writer);
      contents.put(manifest.id(), content);
      published++;
      return manifest.id();
    }

    private void prune(Repository repository) throws IOException {
      Vault vault = site.open(repository);
      var report = vault.collector(GRACE, List.of(), 1).run(FEW, ZoneOffset.UTC);
      swept += report.removed();
    }

    /** A backup that takes days, with pruning by another process meanwhile. */
    private void race(Repository repository) throws IOException {
      Vault slow = site.open(repository);
      try (SnapshotWriter writer = slow.begin(Site.SETTINGS)) {
        site.write(writer);
        for (int i = random.nextInt(4); i > 0; i--) {
          site.now = site.now.plus(Duration.ofHours(20));
          Vault other = site.open(repository);
          if (random.nextBoolean()) {
            try (SnapshotWriter quick = other.beginFull(Site.SETTINGS)) {
              site.write(quick);
              publish(quick);
            }
          }
          swept += other.collector(GRACE, List.of(), 1).run(FEW, ZoneOffset.UTC).removed();
        }
        publish(writer);
      }
    }

    /** Everything the journal keeps is whole and is what was backed up. */
    private void look() throws IOException {
      Vault vault = Objects.requireNonNull(observer);
      vault.journal().refresh();
      List<JournalState.Backup> kept = vault.journal().state().backups();
      assertThat(kept).as("seed %d", seed).isNotEmpty();
      reported.ifPresent(
          id -> assertThat(kept).as("seed %d", seed).extracting(b -> b.id()).contains(id));
      for (JournalState.Backup backup : kept) {
        try {
          Snapshot snapshot = vault.open(backup);
          snapshot.verify();
          Map<String, byte[]> expected = contents.get(backup.id());
          if (expected != null) {
            VaultTest.same(Site.restore(snapshot), expected);
          }
        } catch (ProblemException e) {
          throw new AssertionError("seed " + seed + " lost " + backup, e);
        }
      }
    }
  }
}
