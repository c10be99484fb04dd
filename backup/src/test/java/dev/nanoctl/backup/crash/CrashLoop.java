package dev.nanoctl.backup.crash;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.base.ClusterBackup;
import dev.nanoctl.backup.manifest.Retention;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.manifest.SnapshotSettings;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.restore.ClusterRestore;
import dev.nanoctl.backup.restore.RestoreCheck;
import dev.nanoctl.backup.restore.RestorePlan;
import dev.nanoctl.backup.restore.RestoreTarget;
import dev.nanoctl.backup.wal.CompactionPlan;
import dev.nanoctl.backup.wal.LiveLog;
import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.backup.wire.TimelineHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Clients commit while PostgreSQL and the shipper are killed at random, and log is compacted beside
 * them; after each kill the repository is restored to a random point, and the restored rows are
 * compared with what the clients were told.
 */
public final class CrashLoop {
  private static final int CLIENTS = 2;
  private static final int CYCLES_PER_CLUSTER = 40;
  private static final int CYCLES_PER_BACKUP = 8;
  private static final LogCompactor.Limits COMPACTED =
      new LogCompactor.Limits(
          new CompactionPlan(8 << 20, 4), Duration.ZERO, 1000, Duration.ofMinutes(1));

  /**
   * What was found.
   *
   * @param cycles kills with a restore each
   * @param commits that were acknowledged to a client
   * @param checked comparisons of a commit with a restored cluster
   * @param missing acknowledged and durable before the target, and not there
   * @param extra begun after the target, and there
   */
  public record Outcome(int cycles, long commits, long checked, long missing, long extra) {
    Outcome plus(Outcome other) {
      return new Outcome(
          cycles + other.cycles,
          commits + other.commits,
          checked + other.checked,
          missing + other.missing,
          extra + other.extra);
    }
  }

  private final Random random;
  private long checked;
  private long missing;
  private long extra;

  /** The same seed chooses the same kills and targets; what runs beside stays by chance. */
  public CrashLoop(long seed) {
    this.random = new Random(seed);
  }

  /** Runs that many cycles. */
  @SuppressWarnings("SystemOut") // a bench's table
  public static void main(String[] args) throws Exception {
    int cycles = Integer.parseInt(args[0]);
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    System.out.println("seed " + seed);
    var loop = new CrashLoop(seed);
    var sum = new Outcome(0, 0, 0, 0, 0);
    while (sum.cycles() < cycles) {
      sum = sum.plus(loop.run(Math.min(CYCLES_PER_CLUSTER, cycles - sum.cycles())));
      System.out.println(sum);
    }
    System.exit(sum.missing() + sum.extra() == 0 ? 0 : 3);
  }

  /** So many cycles with one cluster and one repository, which are gone afterwards. */
  public Outcome run(int cycles) throws Exception {
    Path folder = Files.createTempDirectory("nanoctl-crash-loop-");
    checked = 0;
    missing = 0;
    extra = 0;
    var stop = new AtomicBoolean();
    var site = new CrashSite(folder);
    try (TestPostgres postgres = TestPostgres.started("max_wal_size=64MB");
        Repository repository = site.repository();
        var shipper = new KilledShipper(site, postgres.address().port())) {
      Vault vault = site.create(repository);
      var ledger = new Ledger(postgres);
      shipper.start();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(ledger.client(stop));
      }
      try {
        for (int cycle = 0; cycle < cycles; cycle++) {
          if (cycle % CYCLES_PER_BACKUP == 0) {
            backUp(vault, postgres, shipper);
          }
          Thread.sleep(random.nextInt(250));
          kill(postgres, shipper);
          if (random.nextInt(3) == 0) {
            compact(vault, repository);
          }
          restoreAndCompare(vault, repository, ledger, shipper);
        }
      } finally {
        stop.set(true);
        for (Thread client : clients) {
          client.join();
        }
      }
      return new Outcome(cycles, ledger.commits().size(), checked, missing, extra);
    } finally {
      delete(folder);
    }
  }

  private static void backUp(Vault vault, TestPostgres postgres, KilledShipper shipper)
      throws Exception {
    try (SnapshotWriter writer = vault.begin(SnapshotSettings.forDatabase(0, Runnable::run))) {
      DatabaseCut cut =
          new ClusterBackup(postgres.address(), InstantSource.system(), _ -> {})
              .run(CrashSite.LINEAGE, true, writer.sink(Part.DATABASE));
      shipper.await(cut.stop());
      writer.publish(new SnapshotWriter.Finish(Instant.now(), Optional.of(cut), _ -> {}, Map.of()));
    }
  }

  /** Merges log beside the shipper, and lets go of what was merged the last time. */
  private static void compact(Vault vault, Repository repository) throws IOException {
    var log = new SealedLog(repository, vault.sealer());
    new LogCompactor(log, vault.journal().state(), InstantSource.system(), COMPACTED).run();
    List<DatabaseCut> cuts = new ArrayList<>();
    for (var backup : vault.journal().state().good()) {
      cuts.add(vault.open(backup).manifest().database().orElseThrow());
    }
    var live = new LiveLog(log, cuts, cuts, List.of(CrashSite.LINEAGE));
    vault.collector(Duration.ZERO, List.of(live), 1).run(Retention.STANDARD, ZoneOffset.UTC);
  }

  private void kill(TestPostgres postgres, KilledShipper shipper) throws Exception {
    int what = random.nextInt(3);
    if (what != 0) {
      shipper.kill();
    }
    if (what != 1) {
      postgres.kill();
      startAgain(postgres);
    }
    if (what != 0) {
      shipper.start();
    }
  }

  /** What a killed server left may hold its memory for a moment. */
  private static void startAgain(TestPostgres postgres) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        postgres.start();
        return;
      } catch (IOException e) {
        if (attempt == 20) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private void restoreAndCompare(
      Vault vault, Repository repository, Ledger ledger, KilledShipper shipper) throws Exception {
    LogPosition durable = shipper.acknowledged();
    List<Ledger.Commit> known =
        ledger.commits().stream().filter(c -> c.after().compareTo(durable) <= 0).toList();
    Snapshot snapshot = vault.newest();
    DatabaseCut cut = snapshot.manifest().database().orElseThrow();
    RestoreTarget target = choose(known, cut, snapshot.manifest().cut());
    var log = new SealedLog(repository, vault.sealer());
    RestorePlan plan =
        RestorePlan.of(cut, TimelineHistory.none(1), log.list(CrashSite.LINEAGE), target);
    try (TestPostgres restored = TestPostgres.empty()) {
      new ClusterRestore(snapshot, log, 16).write(plan, restored.data());
      restored.start();
      for (int i = 0; i < 2000 && !restored.primary(); i++) {
        Thread.sleep(10);
      }
      RestoreCheck.require(plan, cut.systemId(), restored.address());
      compare(restored, ledger.commits(), target, durable, cut);
    }
  }

  private RestoreTarget choose(List<Ledger.Commit> known, DatabaseCut cut, Instant cutAt) {
    List<Ledger.Commit> after =
        known.stream()
            .filter(c -> c.before().compareTo(cut.stop()) > 0 && c.began().isAfter(cutAt))
            .sorted(Comparator.comparing(Ledger.Commit::after))
            .toList();
    int kind = random.nextInt(3);
    if (after.size() < 4 || kind == 0) {
      return new RestoreTarget.Newest();
    }
    // a later commit has to be durable, for PostgreSQL to know that the time has come
    Ledger.Commit chosen = after.get(random.nextInt(after.size() - 2));
    return kind == 1
        ? new RestoreTarget.Position(chosen.after())
        : new RestoreTarget.Time(chosen.ended());
  }

  private void compare(
      TestPostgres restored,
      List<Ledger.Commit> commits,
      RestoreTarget target,
      LogPosition durable,
      DatabaseCut cut)
      throws IOException {
    Set<Long> there = new HashSet<>();
    restored.sql("SELECT id FROM ledger").forEach(row -> there.add(Long.parseLong(row.getFirst())));
    for (Ledger.Commit commit : commits) {
      boolean promised =
          switch (target) {
            case RestoreTarget.Newest _ -> commit.after().compareTo(durable) <= 0;
            case RestoreTarget.Position(var position) -> commit.after().compareTo(position) <= 0;
            case RestoreTarget.Time(var time) -> !commit.ended().isAfter(time);
            case RestoreTarget.Backup _ -> commit.after().compareTo(cut.start()) <= 0;
          };
      boolean excluded =
          switch (target) {
            case RestoreTarget.Newest _, RestoreTarget.Backup _ -> false;
            case RestoreTarget.Position(var position) -> commit.before().compareTo(position) >= 0;
            case RestoreTarget.Time(var time) -> commit.began().isAfter(time);
          };
      checked += promised || excluded ? 1 : 0;
      missing += promised && !there.contains(commit.id()) ? 1 : 0;
      extra += excluded && there.contains(commit.id()) ? 1 : 0;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
