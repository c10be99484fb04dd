package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.backup.repo.ForwardingRepository;
import dev.nanoctl.backup.wal.CompactionPlan;
import dev.nanoctl.backup.wal.LiveLog;
import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wal.SealedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Small pieces of log become large ones, and go when those were read back. */
class LogCompactionTest {
  private static final UUID LINEAGE = new UUID(3, 4);
  private static final Duration GRACE = Duration.ofHours(24);
  private static final int TARGET = 4000;

  private final MemoryRepository store = new MemoryRepository();
  private final Map<String, RepositoryException> failing = new HashMap<>();
  private final Site site = new Site(1);
  private final byte[] log = new byte[40_000];
  private final Repository repository =
      new ForwardingRepository(store) {
        @Override
        public Optional<byte[]> get(String key, int limit) throws IOException {
          fail("get " + key);
          return super.get(key, limit);
        }

        @Override
        public void delete(String key) throws IOException {
          fail("delete " + key);
          super.delete(key);
        }
      };
  private Vault vault;
  private SealedLog sealed;

  @BeforeEach
  void aRepository() throws IOException {
    new Random(2).nextBytes(log);
    Arrays.fill(log, 10_000, 30_000, (byte) 1);
    vault = site.create(repository);
    site.fill("base/1/1", 1);
    site.backup(vault);
    sealed = new SealedLog(repository, vault.sealer());
    store.now = site.now;
  }

  private void fail(String call) throws RepositoryException {
    RepositoryException failure = failing.get(call);
    if (failure != null) {
      throw failure;
    }
  }

  private static LogRange range(long start, long end) {
    return range(1, start, end);
  }

  private static LogRange range(int timeline, long start, long end) {
    return new LogRange(LINEAGE, timeline, new LogPosition(start), new LogPosition(end));
  }

  private LogRange keep(LogRange range) throws IOException {
    byte[] bytes = Arrays.copyOfRange(log, (int) range.start().value(), (int) range.end().value());
    sealed.put(range, ByteBuffer.wrap(bytes));
    return range;
  }

  /** Pieces of 1000 bytes each. */
  private void keep(long from, long to) throws IOException {
    for (long at = from; at < to; at += 1000) {
      keep(range(at, at + 1000));
    }
  }

  private void later(int hours) {
    site.now = site.now.plus(Duration.ofHours(hours));
    store.now = store.now.plus(Duration.ofHours(hours));
  }

  private LogCompactor.Report compact() throws IOException {
    return compact(1000, Duration.ofHours(1));
  }

  private LogCompactor.Report compact(int mostPieces, Duration mostTime) throws IOException {
    var limits =
        new LogCompactor.Limits(
            new CompactionPlan(TARGET, 4), Duration.ofHours(1), mostPieces, mostTime);
    return new LogCompactor(sealed, vault.journal().state(), this::tick, limits).run();
  }

  /** Every look at the clock takes a millisecond. */
  private Instant tick() {
    Instant seen = site.now;
    site.now = seen.plusMillis(1);
    return seen;
  }

  private GarbageCollector.Report collect() throws IOException {
    return collect(LINEAGE);
  }

  private GarbageCollector.Report collect(UUID current) throws IOException {
    var live = new LiveLog(sealed, List.of(), List.of(), List.of(current));
    return vault.collector(GRACE, List.of(live), 1).run(Retention.STANDARD, ZoneOffset.UTC);
  }

  private List<String> pieces() {
    return store.objects.keySet().stream()
        .filter(key -> key.startsWith("wal/"))
        .map(key -> LogRange.parse(key).orElseThrow())
        .sorted(LogRange.ORDER)
        .map(r -> r.start().value() + "-" + r.end().value())
        .toList();
  }

  private List<String> journal(String kind) {
    return store.objects.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("journal/"))
        .map(entry -> new String(entry.getValue(), StandardCharsets.UTF_8))
        .filter(text -> text.contains("\"kind\":\"" + kind + "\""))
        .toList();
  }

  @Test
  void settledPiecesBecomeOneObjectBesideThem() throws IOException {
    keep(10_000, 14_000);
    keep(range(2, 12_000, 13_000));
    later(2);
    keep(14_000, 18_000);
    assertThat(compact()).isEqualTo(new LogCompactor.Report(1, 4, 4000, List.of()));
    assertThat(pieces()).hasSize(10).contains("10000-14000", "10000-11000");
    LogRange whole = range(10_000, 14_000);
    assertThat(sealed.get(whole)).isEqualTo(Arrays.copyOfRange(log, 10_000, 14_000));
    assertThat(compact().made()).isZero();
    later(2);
    assertThat(compact().made()).isEqualTo(1);
    assertThat(compact().made()).isZero();
  }

  @Test
  void anHourByTheStoresClockIsNotYetSettled() throws IOException {
    keep(10_000, 14_000);
    site.now = site.now.plus(Duration.ofHours(1));
    assertThat(compact().made()).isZero();
    assertThat(compact().made()).isEqualTo(1);
  }

  @Test
  void onlyTheFirstOfOverlappingPiecesCountsAndTheyHaveToAgree() throws IOException {
    keep(range(10_000, 11_500));
    keep(range(11_000, 12_500));
    keep(range(12_500, 13_500));
    keep(range(13_400, 14_000));
    keep(range(20_000, 21_500));
    keep(range(21_500, 22_500));
    keep(range(22_500, 23_500));
    sealed.put(range(23_400, 24_000), ByteBuffer.allocate(600));
    later(2);
    LogCompactor.Report report = compact();
    assertThat(report.made()).isEqualTo(1);
    assertThat(report.pieces()).isEqualTo(8);
    assertThat(report.failures()).hasSize(1).first().asString().contains("holds other log");
    assertThat(sealed.get(range(10_000, 14_000)))
        .isEqualTo(Arrays.copyOfRange(log, 10_000, 14_000));
  }

  @Test
  void aPieceThatCannotBeReadKeepsOnlyItsOwnMergeFromBeingMade() throws IOException {
    keep(10_000, 22_000);
    later(2);
    store.objects.put(range(11_000, 12_000).key(), new byte[100]);
    String cut = range(15_000, 16_000).key();
    failing.put("get " + cut, new RepositoryException(Kind.DAMAGED, cut, "ended early"));
    LogCompactor.Report report = compact();
    assertThat(report.made()).isEqualTo(1);
    assertThat(report.failures()).hasSize(2);
    assertThat(pieces()).contains("18000-22000").doesNotContain("10000-14000", "14000-18000");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"MISSING", "DAMAGED"},
      mode = EnumSource.Mode.EXCLUDE)
  void aStoreThatCannotBeUsedEndsTheRun(Kind kind) throws IOException {
    keep(10_000, 14_000);
    later(2);
    String key = range(11_000, 12_000).key();
    failing.put("get " + key, new RepositoryException(kind, key, "for now"));
    assertThatThrownBy(this::compact).isInstanceOf(RepositoryException.class);
    failing.clear();
    assertThat(compact().made()).isEqualTo(1);
  }

  @Test
  void aRunEndsAtItsLimitsAndBeginsWithTheNewest() throws IOException {
    keep(10_000, 22_000);
    later(2);
    assertThat(compact(4, Duration.ofHours(1)).made()).isEqualTo(1);
    assertThat(pieces()).contains("18000-22000").doesNotContain("10000-14000", "14000-18000");
    assertThat(compact(5, Duration.ofHours(1)).made()).isEqualTo(2);
    keep(22_000, 38_000);
    later(2);
    assertThat(compact(1000, Duration.ofMillis(2)).made()).isEqualTo(2);
    assertThat(compact(1000, Duration.ofMillis(1)).made()).isEqualTo(1);
    assertThat(compact(4, Duration.ofMillis(1)).made()).isEqualTo(1);
    assertThat(compact().made()).isZero();
  }

  @Test
  void aRunThatIsToldToEndDoes() throws IOException {
    keep(10_000, 22_000);
    later(2);
    Thread.currentThread().interrupt();
    assertThat(compact().made()).isZero();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(compact().made()).isEqualTo(3);
  }

  @Test
  void whatIsGivenUpIsNeitherReadNorWrittenAgain() throws IOException {
    keep(10_000, 14_000);
    keep(20_000, 24_000);
    keep(30_000, 34_000);
    later(2);
    vault
        .journal()
        .append(
            new JournalEvent.Condemned(
                List.of(range(10_000, 11_000).key(), range(30_000, 34_000).key())));
    vault.journal().append(new JournalEvent.Swept(List.of(range(21_000, 22_000).key())));
    assertThat(compact().made()).isZero();
    vault.journal().append(new JournalEvent.Swept(List.of(range(30_000, 34_000).key())));
    assertThat(compact().made()).isZero();
  }

  @Test
  void replacedPiecesGoInTwoPhasesAndTheJournalNamesWhatStays() throws IOException {
    keep(10_000, 14_000);
    keep(14_000, 15_000);
    later(2);
    assertThat(collect().removed()).isZero();
    compact();
    GarbageCollector.Report first = collect();
    assertThat(first.removed()).isZero();
    assertThat(first.condemned()).isZero();
    assertThat(pieces()).hasSize(6);
    later(23);
    assertThat(collect().removed()).isZero();
    later(1);
    assertThat(collect().removed()).isZero();
    later(1);
    assertThat(collect().removed()).isEqualTo(4);
    assertThat(pieces()).containsExactly("10000-14000", "14000-15000");
    later(100);
    assertThat(collect().removed()).isZero();
    assertThat(journal("replaced")).hasSize(1);
    assertThat(journal("replaced").getFirst())
        .contains("[\"" + range(10_000, 14_000).key() + "\"]");
    assertThat(journal("condemned")).isEmpty();
    assertThat(journal("swept")).isEmpty();
  }

  @Test
  void nothingGoesForAnObjectThatCannotBeReadBack() throws IOException {
    keep(10_000, 18_000);
    later(2);
    compact();
    collect();
    later(25);
    String damaged = range(10_000, 14_000).key();
    byte[] bytes = Objects.requireNonNull(store.objects.get(damaged)).clone();
    bytes[bytes.length - 1] ^= 1;
    store.objects.put(damaged, bytes);
    String cut = range(14_000, 18_000).key();
    failing.put("get " + cut, new RepositoryException(Kind.DAMAGED, cut, "ended early"));
    GarbageCollector.Report report = collect();
    assertThat(report.removed()).isZero();
    assertThat(report.damaged()).containsExactly(damaged, cut);
    assertThat(pieces()).hasSize(10);
    failing.clear();
    report = collect();
    assertThat(report.removed()).isEqualTo(4);
    assertThat(report.damaged()).containsExactly(damaged);
  }

  @Test
  void aStoreThatCannotBeUsedEndsTheCollection() throws IOException {
    keep(10_000, 14_000);
    later(2);
    compact();
    collect();
    later(25);
    String key = range(10_000, 14_000).key();
    failing.put("get " + key, new RepositoryException(Kind.UNAVAILABLE, key, "503"));
    assertThatThrownBy(this::collect).isInstanceOf(RepositoryException.class);
    assertThat(pieces()).hasSize(5);
  }

  @Test
  void aPieceThatCannotBeRemovedIsTriedAgain() throws IOException {
    keep(10_000, 14_000);
    later(2);
    compact();
    collect();
    later(25);
    String locked = range(11_000, 12_000).key();
    failing.put("delete " + locked, new RepositoryException(Kind.DENIED, locked, "locked"));
    GarbageCollector.Report report = collect();
    assertThat(report.removed()).isEqualTo(3);
    assertThat(report.refused()).isEqualTo(1);
    failing.clear();
    assertThat(collect().removed()).isEqualTo(1);
    assertThat(pieces()).containsExactly("10000-14000");
  }

  @Test
  void aRunLetsGoOfSoManyAndTheNextOfMore() throws IOException {
    keep(10_000, 22_000);
    later(2);
    compact();
    collect();
    later(25);
    var live = new LiveLog(sealed, List.of(), List.of(), List.of(LINEAGE));
    List<String> keys =
        store.objects.keySet().stream().filter(key -> key.startsWith("wal/")).toList();
    var removals = new Removals(repository, 1);
    new Replacements(vault.journal(), live, keys).letGo(site.now.minus(GRACE), 8, removals);
    assertThat(removals.removed()).isEqualTo(8);
    assertThat(pieces()).contains("18000-19000").doesNotContain("10000-11000", "14000-15000");
    assertThat(collect().removed()).isEqualTo(4);
  }

  @Test
  void whatIsGivenUpReplacesNothing() throws IOException {
    keep(10_000, 14_000);
    later(2);
    compact();
    collect();
    later(25);
    vault.journal().append(new JournalEvent.Swept(List.of(range(10_000, 14_000).key())));
    GarbageCollector.Report report = collect();
    assertThat(report.removed()).isEqualTo(1);
    assertThat(report.damaged()).isEmpty();
    assertThat(pieces())
        .containsExactly("10000-11000", "11000-12000", "12000-13000", "13000-14000");
  }

  @Test
  void logThatNobodyNeedsGoesWithWhatReplacedIt() throws IOException {
    keep(10_000, 14_000);
    later(2);
    compact();
    collect();
    UUID other = new UUID(9, 9);
    assertThat(collect(other).condemned()).isEqualTo(5);
    later(25);
    assertThat(collect(other).removed()).isEqualTo(5);
    assertThat(pieces()).isEmpty();
    assertThat(vault.journal().state().replacing(range(10_000, 14_000).key())).isEmpty();
  }
}
