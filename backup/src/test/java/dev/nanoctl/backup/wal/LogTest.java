package dev.nanoctl.backup.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wire.Slot;
import dev.nanoctl.backup.wire.TimelineHistory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of log that need no server. */
class LogTest {
  private static final UUID LINEAGE = new UUID(3, 4);

  static List<Long> seeds() {
    return new Random(20_261_121).longs(200).boxed().toList();
  }

  private static LogRange range(int timeline, long start, long end) {
    return new LogRange(LINEAGE, timeline, new LogPosition(start), new LogPosition(end));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void thePrefixNeverPassesAHoleInWhateverOrderPiecesArrive(long seed) {
    var random = new Random(seed);
    long position = 1L + random.nextInt(100);
    var tracker = new LogTracker(new LogPosition(position));
    List<LogRange> underway = new ArrayList<>();
    List<LogRange> missing = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      if (underway.isEmpty() || random.nextBoolean()) {
        LogRange next = range(1, position, position + 1 + random.nextInt(1000));
        tracker.sent(next);
        underway.add(next);
        missing.add(next);
        position = next.end().value();
      } else {
        LogRange arrived = underway.remove(random.nextInt(underway.size()));
        missing.remove(arrived);
        LogPosition before = tracker.durable();
        assertThat(tracker.arrived(arrived)).isEqualTo(tracker.durable().compareTo(before) > 0);
      }
      LogPosition expected =
          missing.isEmpty() ? new LogPosition(position) : missing.getFirst().start();
      assertThat(tracker.durable()).isEqualTo(expected);
      assertThat(tracker.sent()).isEqualTo(new LogPosition(position));
    }
  }

  @Test
  void aPieceThatDoesNotFollowOrWasNeverSentIsRefused() {
    var tracker = new LogTracker(new LogPosition(100));
    tracker.sent(range(1, 100, 200));
    for (LogRange wrong : List.of(range(1, 201, 300), range(1, 199, 300))) {
      assertThatThrownBy(() -> tracker.sent(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> tracker.arrived(range(1, 200, 300)))
        .isInstanceOf(IllegalArgumentException.class);
    tracker.sent(range(1, 200, 300));
    assertThat(tracker.arrived(range(1, 200, 300))).isFalse();
    assertThatThrownBy(() -> tracker.arrived(range(1, 200, 300)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(tracker.durable()).isEqualTo(new LogPosition(100));
    assertThat(tracker.underway()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aChainEndsAtTheFirstHoleAndCoversEveryByteBefore(long seed) {
    var random = new Random(seed);
    List<LogRange> known = new ArrayList<>();
    boolean[] covered = new boolean[2000];
    for (int i = 0; i < 30; i++) {
      int start = random.nextInt(1800);
      int end = start + 1 + random.nextInt(150);
      known.add(range(1, start, end));
      known.add(range(2, random.nextInt(1000), 2000));
      java.util.Arrays.fill(covered, start, end, true);
    }
    Collections.shuffle(known, random);
    int from = random.nextInt(300);
    int end = from;
    while (covered[end]) {
      end++;
    }
    LogChain chain = LogChain.from(new LogPosition(from), 1, known);
    assertThat(chain.end()).isEqualTo(new LogPosition(end));
    LogPosition reached = new LogPosition(from);
    for (LogRange range : chain.ranges()) {
      assertThat(range.timeline()).isEqualTo(1);
      assertThat(range.start()).isLessThanOrEqualTo(reached);
      assertThat(range.end()).isGreaterThan(reached);
      reached = range.end();
    }
    assertThat(reached).isEqualTo(chain.end());
  }

  @ParameterizedTest
  @CsvSource({
    // pieces of at most 5, three at once: a hole is at most 30 back
    "'10-20 20-30', 30",
    // what arrived beyond a piece that was lost is sent again
    "'10-20 30-40 40-50', 20",
    "'10-20 20-25 27-30 32-40', 25",
    // the hole that is left of log that was let go of is farther back
    "'10-20 60-70 70-80', 80",
    "'10-20 60-70 80-90 90-100', 70",
    "'10-20 49-50', 20",
    "'10-20 50-51', 51",
    // a large piece, and the small ones it was made of
    "'10-60 10-20 20-30 50-60 60-70', 70",
    // the very first piece was lost
    "'20-30 30-40', 10",
    "'39-40', 10",
    "'11-41', 41",
  })
  void theArchiveEndsWhereShippingGoesOn(String pieces, long end) throws Exception {
    var store = new MemoryLogStore();
    for (String piece : pieces.split(" ", -1)) {
      String[] ends = piece.split("-", -1);
      keep(store, range(2, Long.parseLong(ends[0]), Long.parseLong(ends[1])));
    }
    keep(store, range(1, 5, 15));
    store.putHistory(LINEAGE, TimelineHistory.parse(2, "1 0/A x"));
    var settings = new ShipperSettings(LINEAGE, "slot", 5, Duration.ZERO, 3);
    assertThat(LogShipper.archived(store, settings, 7))
        .contains(new Resumption.Archived(7, 2, new LogPosition(end)));
    assertThat(LogShipper.archived(new MemoryLogStore(), settings, 7)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // a lineage begins with a segment; if its first piece is not there, it has yet to begin
    "0, 10, true",
    "1, 10, false",
    "16777216, 16777226, true",
    "16777226, 16777236, false",
    "16777226, 16777256, true",
  })
  void aLineageBeginsWithItsFirstPiece(long start, long end, boolean begun) throws Exception {
    var store = new MemoryLogStore();
    keep(store, range(2, start, end));
    store.putHistory(LINEAGE, TimelineHistory.parse(2, "1 0/A x"));
    var settings = new ShipperSettings(LINEAGE, "slot", 5, Duration.ZERO, 3);
    assertThat(LogShipper.archived(store, settings, 7).map(Resumption.Archived::end))
        .isEqualTo(begun ? Optional.of(new LogPosition(end)) : Optional.empty());
  }

  private static void keep(LogStore store, LogRange range) throws Exception {
    store.put(range, ByteBuffer.allocate(range.length()));
  }

  @Test
  void everyChainOfATimelineIsFound() {
    List<LogRange> known =
        List.of(
            range(1, 50, 60),
            range(1, 10, 20),
            range(1, 15, 30),
            range(1, 11, 12),
            range(2, 30, 50),
            range(1, 31, 40),
            range(1, 40, 45));
    assertThat(LogChain.all(1, known))
        .extracting(LogChain::ranges)
        .containsExactly(
            List.of(range(1, 10, 20), range(1, 15, 30)),
            List.of(range(1, 31, 40), range(1, 40, 45)),
            List.of(range(1, 50, 60)));
    assertThat(LogChain.all(3, known)).isEmpty();
  }

  @Test
  void aRangeIsFoundAgainInItsKey() {
    LogRange range = range(255, 0x16_B374_D848L, 0x16_B375_0000L);
    assertThat(range.key())
        .isEqualTo(
            "wal/00000000-0000-0003-0000-000000000004/000000ff/00000016b374d848-00000016b3750000");
    assertThat(LogRange.parse(range.key())).contains(range);
    assertThat(range.length()).isEqualTo(0x27B8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wal/x/00000001/0000000000000000-0000000000000001",
        "wal/00000000-0000-0003-0000-000000000004/00000001/0000000000000002-0000000000000001",
        "wal/00000000-0000-0003-0000-000000000004/00000000/0000000000000000-0000000000000001",
        "packs/1"
      })
  void anotherKeyIsNoRange(String key) {
    assertThat(LogRange.parse(key)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // system, archive's timeline and end, server's timeline and end, from where, or why not
    "7, 1, 0/500, 1, 0/500, 0/500",
    "7, 1, 0/500, 1, 0/900, 0/500",
    "7, 1, 0/500, 1, 0/4FF, set back",
    "8, 1, 0/500, 1, 0/900, another cluster",
    "7, 1, 0/2000, 3, 0/9000, 0/2000",
    "7, 1, 0/1FFF, 3, 0/9000, 0/1FFF",
    "7, 1, 0/2001, 3, 0/9000, left timeline 1",
    "7, 2, 0/4000, 3, 0/9000, 0/4000",
    "7, 3, 0/4000, 2, 0/9000, does not descend",
    "7, 3, 0/9001, 3, 0/9000, set back",
  })
  void shippingGoesOnOnlyWhereTheArchiveEnds(
      long system, int timeline, String end, int serverTimeline, String serverEnd, String outcome) {
    TimelineHistory history =
        serverTimeline == 3
            ? TimelineHistory.parse(3, "1 0/2000 x\n2 0/4000 x")
            : serverTimeline == 2
                ? TimelineHistory.parse(2, "1 0/2000 x")
                : TimelineHistory.none(1);
    Resumption resumption =
        Resumption.decide(
            new Resumption.Archived(7, timeline, LogPosition.parse(end)),
            new DatabaseIdentity(system, serverTimeline, LogPosition.parse(serverEnd)),
            history);
    switch (resumption) {
      case Resumption.Continue next ->
          assertThat(next).isEqualTo(new Resumption.Continue(timeline, LogPosition.parse(outcome)));
      case Resumption.NewLineage other -> assertThat(other.reason()).contains(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the archive ends at, the slot says and of which timeline, shipping goes on at
    "100, 90, 1, 90",
    "100, 100, 1, 100",
    "100, 110, 1, 100",
    "100, 90, 2, 100",
    "100, 10, 1, 70",
  })
  void shippingGoesOnNoLaterThanWhatTheSlotWasTold(
      long archived, long told, int timeline, long from) {
    var slot = new Slot("slot", new LogPosition(told), timeline);
    assertThat(new Resumption.Continue(1, new LogPosition(archived)).notAfter(slot, 30))
        .isEqualTo(new Resumption.Continue(1, new LogPosition(from)));
  }
}
