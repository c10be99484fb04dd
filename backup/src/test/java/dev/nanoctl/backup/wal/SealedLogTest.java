package dev.nanoctl.backup.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.crypto.MasterKey;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.wire.TimelineHistory;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedLogTest {
  private static final UUID LINEAGE = new UUID(3, 4);
  private final Random random = new Random(5);
  private final byte[] log = new byte[100_000];
  @TempDir private Path folder;
  private Repository repository;
  private SealedLog store;

  @BeforeEach
  void open() throws IOException {
    random.nextBytes(log);
    Arrays.fill(log, 10_000, 90_000, (byte) 7);
    repository = DirectoryRepository.create(folder.resolve("repository"), Bandwidth.UNLIMITED);
    store =
        new SealedLog(repository, new Sealer(new UUID(1, 2), MasterKey.generate(random), random));
  }

  private static LogRange range(int timeline, long start, long end) {
    return new LogRange(LINEAGE, timeline, new LogPosition(start), new LogPosition(end));
  }

  @Test
  void whatIsKeptIsReadAndListed() throws IOException {
    LogRange range = range(10, 0x1A00_0000L, 0x1A00_0000L + log.length);
    store.put(range, ByteBuffer.wrap(log));
    assertThat(store.get(range)).isEqualTo(log);
    assertThat(store.list(LINEAGE)).containsExactly(range);
    assertThat(store.list(new UUID(9, 9))).isEmpty();
    assertThat(Files.size(folder.resolve("repository").resolve(range.key())))
        .isLessThan(log.length / 2);
  }

  @Test
  void theSameLogMayBeKeptAgainAndOtherLogMayNot() throws IOException {
    LogRange range = range(1, 0, log.length);
    store.put(range, ByteBuffer.wrap(log));
    store.put(range, ByteBuffer.wrap(log));
    byte[] other = log.clone();
    other[99_999] ^= 1;
    assertThatThrownBy(() -> store.put(range, ByteBuffer.wrap(other)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("other log");
    assertThat(store.get(range)).isEqualTo(log);
  }

  @Test
  void aFlippedBitAnywhereInAPieceIsNoticedByWhoeverReadsIt() throws IOException {
    LogRange range = range(1, 0, log.length);
    store.put(range, ByteBuffer.wrap(log));
    Path object = folder.resolve("repository").resolve(range.key());
    byte[] whole = Files.readAllBytes(object);
    for (int at = 0; at < whole.length; at += at < 256 || at > whole.length - 256 ? 1 : 97) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(object, flipped);
      requireDamaged(range, "byte " + at + " of " + whole.length);
    }
    Files.write(object, Arrays.copyOf(whole, whole.length - 1));
    requireDamaged(range, "without its last byte");
    Files.write(object, new byte[0]);
    requireDamaged(range, "empty");
    Files.write(object, whole);
    assertThat(store.get(range)).isEqualTo(log);
  }

  @Test
  void aPieceUnderTheNameOfAnotherIsNoticed() throws IOException {
    LogRange first = range(1, 0, log.length);
    LogRange second = range(1, log.length, 2L * log.length);
    store.put(first, ByteBuffer.wrap(log));
    store.put(second, ByteBuffer.wrap(log));
    Path place = folder.resolve("repository");
    Files.write(place.resolve(first.key()), Files.readAllBytes(place.resolve(second.key())));
    requireDamaged(first, "with what belongs to another");
    Files.delete(place.resolve(second.key()));
    requireDamaged(second, "missing");
  }

  private void requireDamaged(LogRange range, String how) {
    assertThatThrownBy(() -> store.get(range))
        .as(how)
        .isInstanceOfSatisfying(
            ProblemException.class,
            damage -> assertThat(damage.problem()).isInstanceOf(Problem.Repository.class));
  }

  @Test
  void aHistoryIsFoundAgain() throws IOException {
    var history =
        new TimelineHistory(
            12,
            List.of(
                new TimelineHistory.Fork(1, new LogPosition(0x100)),
                new TimelineHistory.Fork(11, new LogPosition(0x1_0000_0200L))));
    store.putHistory(LINEAGE, history);
    store.putHistory(LINEAGE, history);
    assertThat(store.history(LINEAGE, 12)).contains(history);
    assertThat(store.history(LINEAGE, 11)).isEmpty();
    assertThat(store.list(LINEAGE)).isEmpty();
  }

  @Test
  void logIsNeededByEachBackupAndFromTheWindowOn() {
    long mib = 1 << 20;
    DatabaseCut old = cut(LINEAGE, 33 * mib, 35 * mib);
    DatabaseCut recent = cut(LINEAGE, 66 * mib, 67 * mib);
    UUID current = new UUID(7, 7);
    var live = new LiveLog(store, List.of(old, recent), List.of(recent), Set.of(current));
    // a segment is read from its first page on, wherever in it a backup starts
    assertThat(live.isLive(range(1, 31 * mib, 32 * mib).key())).isFalse();
    assertThat(live.isLive(range(1, 31 * mib, 32 * mib + 1).key())).isTrue();
    assertThat(live.isLive(range(1, 35 * mib - 1, 36 * mib).key())).isTrue();
    assertThat(live.isLive(range(1, 35 * mib, 36 * mib).key())).isFalse();
    assertThat(live.isLive(range(1, 63 * mib, 64 * mib).key())).isFalse();
    assertThat(live.isLive(range(1, 63 * mib, 64 * mib + 1).key())).isTrue();
    assertThat(live.isLive(range(2, 900 * mib, 901 * mib).key())).isTrue();
    assertThat(live.isLive("wal/" + LINEAGE + "/00000002/history")).isTrue();
    assertThat(live.isLive("wal/" + current + "/00000001/0000000000000000-0000000000000001"))
        .isTrue();
    assertThat(live.isLive("wal/" + current + "/00000002/history")).isTrue();
    UUID gone = new UUID(8, 8);
    assertThat(live.isLive("wal/" + gone + "/00000001/0000000000000000-0000000000000001"))
        .isFalse();
    assertThat(live.isLive("wal/" + gone + "/00000002/history")).isFalse();
  }

  @Test
  void theWindowBeginsWithTheOldestOfItsBackupsOfALineage() {
    long mib = 1 << 20;
    List<DatabaseCut> cuts =
        List.of(
            cut(LINEAGE, 66 * mib, 67 * mib),
            cut(LINEAGE, 33 * mib, 35 * mib),
            cut(LINEAGE, 99 * mib, 100 * mib));
    var live = new LiveLog(store, List.of(), cuts, Set.of());
    assertThat(live.isLive(range(1, 31 * mib, 32 * mib).key())).isFalse();
    assertThat(live.isLive(range(1, 32 * mib, 33 * mib).key())).isTrue();
  }

  @Test
  void aPieceIsHeldByTheLargestThatItLiesWithin() {
    var live = new LiveLog(store, List.of(), List.of(), Set.of());
    String all = range(1, 100, 900).key();
    List<String> keys =
        List.of(
            range(1, 100, 200).key(),
            range(1, 100, 500).key(),
            range(1, 300, 900).key(),
            all,
            range(1, 800, 901).key(),
            range(1, 99, 101).key(),
            range(2, 200, 300).key(),
            "wal/" + LINEAGE + "/00000002/history",
            new LogRange(new UUID(9, 9), 1, new LogPosition(200), new LogPosition(300)).key());
    assertThat(live.held(keys))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                range(1, 100, 200).key(), all,
                range(1, 100, 500).key(), all,
                range(1, 300, 900).key(), all));
  }

  private static DatabaseCut cut(UUID lineage, long start, long stop) {
    return new DatabaseCut(lineage, 1, 1, new LogPosition(start), new LogPosition(stop), "18.6");
  }
}
