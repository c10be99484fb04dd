package dev.nanoctl.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wal.MemoryLogStore;
import dev.nanoctl.backup.wire.TimelineHistory;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that pass from one timeline to the next. */
class RestorePlanTest {
  private static final UUID LINEAGE = new UUID(1, 1);
  private static final long MIB = 1 << 20;
  private static final TimelineHistory SECOND = TimelineHistory.parse(2, "1 0/2800000 x");

  @TempDir private Path folder;

  private final MemoryLogStore store = new MemoryLogStore();

  private static DatabaseCut cut() {
    return new DatabaseCut(
        LINEAGE, 1, 1, new LogPosition(17 * MIB), new LogPosition(18 * MIB), "18.6");
  }

  /** Timeline 1 from 16 MiB on to 44, timeline 2 from its fork at 40 MiB on to 50. */
  private List<LogRange> known() throws IOException {
    List<LogRange> all = new ArrayList<>();
    for (long mib = 16; mib < 44; mib++) {
      all.add(keep(1, mib));
    }
    for (long mib = 40; mib < 50; mib++) {
      all.add(keep(2, mib));
    }
    return all;
  }

  private LogRange keep(int timeline, long mib) throws IOException {
    var range =
        new LogRange(
            LINEAGE, timeline, new LogPosition(mib * MIB), new LogPosition((mib + 1) * MIB));
    byte[] bytes = new byte[(int) MIB];
    Arrays.fill(bytes, (byte) (timeline * 100L + mib));
    store.put(range, ByteBuffer.wrap(bytes));
    return range;
  }

  @Test
  void aTimelineIsLeftWhereTheNextOneBegins() throws Exception {
    RestorePlan plan =
        RestorePlan.of(
            cut(), SECOND, known(), new RestoreTarget.Position(new LogPosition(49 * MIB)));
    assertThat(plan.parts()).extracting(RestorePlan.Part::timeline).containsExactly(1, 2);
    assertThat(plan.parts().getFirst().end()).isEqualTo(new LogPosition(40 * MIB));
    assertThat(plan.end()).isEqualTo(new LogPosition(50 * MIB));
    assertThat(plan.segments()).isEqualTo(new LogSegments(store, folder).write(plan));
    assertThat(plan.segments())
        .containsExactly(
            "000000010000000000000001", "000000020000000000000002", "000000020000000000000003");
    byte[] fork = Files.readAllBytes(folder.resolve("000000020000000000000002"));
    assertThat(fork).hasSize(16 << 20);
    assertThat(fork[(int) (8 * MIB) - 1]).isEqualTo((byte) 139);
    assertThat(fork[(int) (8 * MIB)]).isEqualTo((byte) 240);
    byte[] tail = Files.readAllBytes(folder.resolve("000000020000000000000003"));
    assertThat(tail).hasSize(16 << 20);
    assertThat(tail[(int) (2 * MIB) - 1]).isEqualTo((byte) 249);
    assertThat(tail[(int) (2 * MIB)]).isZero();
  }

  @Test
  void everyPieceUpToTheTargetIsNeeded() throws Exception {
    List<LogRange> known = known();
    var target = new RestoreTarget.Position(new LogPosition(49 * MIB));
    for (LogRange lost : known) {
      List<LogRange> rest = known.stream().filter(r -> !r.equals(lost)).toList();
      if ((lost.timeline() == 1 && lost.start().value() >= 40 * MIB)
          || lost.start().value() >= 49 * MIB) {
        assertThat(RestorePlan.of(cut(), SECOND, rest, target).end())
            .isGreaterThanOrEqualTo(target.position());
      } else {
        assertThatThrownBy(() -> RestorePlan.of(cut(), SECOND, rest, target))
            .as(lost.key())
            .isInstanceOfSatisfying(
                ProblemException.class,
                e -> assertThat(e.problem().code()).isEqualTo("NC-RESTORE-HOLE"));
      }
    }
  }

  @Test
  void logLeadsAsFarAsThereIsNoHole() throws Exception {
    List<LogRange> known = known();
    assertThat(RestorePlan.reach(cut(), SECOND, known)).isEqualTo(new LogPosition(50 * MIB));
    for (LogRange lost : known) {
      List<LogRange> rest = known.stream().filter(r -> !r.equals(lost)).toList();
      boolean left = lost.timeline() == 1 && lost.start().value() >= 40 * MIB;
      assertThat(RestorePlan.reach(cut(), SECOND, rest))
          .as(lost.key())
          .isEqualTo(left ? new LogPosition(50 * MIB) : lost.start());
    }
  }

  @Test
  void whatLiesBeyondAHoleIsNoticed() throws Exception {
    List<LogRange> known = known();
    var newest = new RestoreTarget.Newest();
    assertThat(RestorePlan.of(cut(), SECOND, known, newest).isCutShort(known)).isFalse();
    List<LogRange> holed = known.stream().filter(r -> r.start().value() != 45 * MIB).toList();
    RestorePlan plan = RestorePlan.of(cut(), SECOND, holed, newest);
    assertThat(plan.end()).isEqualTo(new LogPosition(45 * MIB));
    assertThat(plan.isCutShort(holed)).isTrue();
  }

  @Test
  void aPositionBeforeTheEndOfTheBackupIsRefused() throws Exception {
    List<LogRange> known = known();
    assertThat(code(SECOND, known, new LogPosition(18 * MIB - 1))).isEqualTo("NC-RESTORE-EARLY");
    var least = new RestoreTarget.Position(cut().stop());
    assertThat(RestorePlan.of(cut(), SECOND, known, least).required()).isEqualTo(cut().stop());
  }

  @Test
  void aTimelineThatLeftBeforeTheBackupEndedDoesNotLeadOn() throws Exception {
    List<LogRange> known = new ArrayList<>(List.of(keep(1, 16), keep(1, 17)));
    for (long mib = 18; mib < 21; mib++) {
      known.add(keep(2, mib));
    }
    var target = new LogPosition(20 * MIB);
    TimelineHistory early = TimelineHistory.parse(2, "1 0/11FFFFF x");
    assertThat(code(early, known, target)).isEqualTo("NC-RESTORE-TIMELINE");
    assertThat(code(TimelineHistory.none(3), known, target)).isEqualTo("NC-RESTORE-TIMELINE");
    TimelineHistory atTheEnd = TimelineHistory.parse(2, "1 0/1200000 x");
    RestorePlan plan = RestorePlan.of(cut(), atTheEnd, known, new RestoreTarget.Position(target));
    assertThat(plan.end()).isEqualTo(new LogPosition(21 * MIB));
  }

  @Test
  void allThereIsMeansAllButATornSegment() throws Exception {
    List<LogRange> known = known();
    RestorePlan plan = RestorePlan.of(cut(), SECOND, known, new RestoreTarget.Newest());
    assertThat(plan.required()).isEqualTo(new LogPosition((50 - 16) * MIB));
    List<LogRange> few = known.stream().filter(r -> r.start().value() < 30 * MIB).toList();
    RestorePlan first =
        RestorePlan.of(cut(), TimelineHistory.none(1), few, new RestoreTarget.Newest());
    assertThat(first.required()).isEqualTo(cut().stop());
    var position = new RestoreTarget.Position(new LogPosition(29 * MIB));
    assertThat(RestorePlan.of(cut(), TimelineHistory.none(1), few, position).required())
        .isEqualTo(position.position());
  }

  private static String code(TimelineHistory history, List<LogRange> known, LogPosition to) {
    try {
      RestorePlan.of(cut(), history, known, new RestoreTarget.Position(to));
      return "";
    } catch (ProblemException e) {
      return e.problem().code();
    }
  }
}
