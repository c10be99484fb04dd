package dev.nanoctl.backup.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.core.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Log that is kept twice is read from where it is whole. */
class LogReaderTest {
  private static final UUID LINEAGE = new UUID(3, 4);
  private final byte[] log = new byte[1000];
  private final MemoryLogStore kept = new MemoryLogStore();
  private final Map<LogRange, Exception> failing = new HashMap<>();
  private final List<LogRange> asked = new ArrayList<>();

  private final LogStore store =
      new ForwardingLogStore(kept) {
        @Override
        public byte[] get(LogRange range) throws IOException {
          asked.add(range);
          switch (failing.get(range)) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new AssertionError(e);
          }
          return super.get(range);
        }
      };

  @BeforeEach
  void fill() {
    new Random(1).nextBytes(log);
  }

  private LogRange keep(int start, int end) throws IOException {
    return keep(1, start, end);
  }

  private LogRange keep(int timeline, int start, int end) throws IOException {
    var range = new LogRange(LINEAGE, timeline, new LogPosition(start), new LogPosition(end));
    byte[] bytes = Arrays.copyOfRange(log, start, end);
    if (timeline > 1) {
      Arrays.fill(bytes, (byte) 0);
    }
    kept.put(range, ByteBuffer.wrap(bytes));
    return range;
  }

  private void lose(LogRange range) {
    failing.put(range, RepositoryProblem.damaged(range.key(), "is missing"));
  }

  private byte[] read(List<LogRange> planned, int from, int to) throws IOException {
    var read = new ByteArrayOutputStream();
    new LogReader(store).read(planned, new LogPosition(from), new LogPosition(to), read::write);
    return read.toByteArray();
  }

  private byte[] between(int from, int to) {
    return Arrays.copyOfRange(log, from, to);
  }

  @Test
  void onlyWhatWasPlannedIsReadWhenItIsWhole() throws IOException {
    List<LogRange> planned = List.of(keep(0, 100), keep(90, 300), keep(300, 400));
    keep(0, 400);
    assertThat(read(planned, 50, 300)).isEqualTo(between(50, 300));
    assertThat(asked).isEqualTo(planned.subList(0, 2));
    asked.clear();
    assertThat(read(planned, 100, 101)).isEqualTo(between(100, 101));
    assertThat(asked).isEqualTo(planned.subList(1, 2));
  }

  @Test
  void smallPiecesThatWereLetGoAreReadFromTheLargeOne() throws IOException {
    List<LogRange> planned = List.of(keep(0, 100), keep(100, 200), keep(200, 300), keep(300, 400));
    keep(100, 300);
    lose(planned.get(1));
    lose(planned.get(2));
    assertThat(read(planned, 50, 350)).isEqualTo(between(50, 350));
  }

  @Test
  void aLargePieceThatIsDamagedIsReadFromTheSmallOnes() throws IOException {
    LogRange large = keep(0, 400);
    List<LogRange> small = List.of(keep(0, 150), keep(150, 300), keep(290, 400));
    keep(2, 0, 1000);
    keep(400, 900);
    LogRange planned = keep(400, 500);
    lose(large);
    assertThat(read(List.of(large, planned), 10, 500)).isEqualTo(between(10, 500));
    assertThat(asked).containsExactly(large, small.get(0), small.get(1), small.get(2), planned);
  }

  @Test
  void aPieceThatNothingElseHoldsIsReportedAsItIs() throws IOException {
    LogRange large = keep(0, 400);
    LogRange lost = keep(150, 300);
    keep(0, 150);
    keep(299, 400);
    lose(large);
    failing.put(lost, new RepositoryException(Kind.MISSING, lost.key(), "is missing"));
    assertThatThrownBy(() -> read(List.of(large), 0, 400))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining(lost.key());
    assertThat(read(List.of(large), 0, 150)).isEqualTo(between(0, 150));
    failing.remove(lost);
    kept.lose(lost);
    assertThatThrownBy(() -> read(List.of(large), 0, 151))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(large.key());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"MISSING", "DAMAGED"},
      mode = EnumSource.Mode.EXCLUDE)
  void aStoreThatCannotBeUsedNowIsNotReadAround(Kind kind) throws IOException {
    LogRange first = keep(0, 100);
    keep(0, 200);
    failing.put(first, new RepositoryException(kind, first.key(), "for now"));
    assertThatThrownBy(() -> read(List.of(first), 0, 100))
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(asked).containsExactly(first);
  }

  static List<Long> seeds() {
    return new Random(20_261_122).longs(200).boxed().toList();
  }

  /** Whatever is lost: the log comes whole as long as what is left covers it, and else not. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsCoveredIsRead(long seed) throws IOException {
    var random = new Random(seed);
    List<LogRange> all = new ArrayList<>();
    for (int at = 0; at < 1000; ) {
      int end = Math.min(1000, at + 1 + random.nextInt(80));
      all.add(keep(at, end));
      at = end;
    }
    for (int i = 0; i < 15; i++) {
      int start = random.nextInt(900);
      all.add(keep(start, start + 1 + random.nextInt(100)));
    }
    List<LogRange> planned = LogChain.from(new LogPosition(0), 1, all).ranges();
    Set<LogRange> left = new HashSet<>(all);
    for (LogRange range : all) {
      if (random.nextInt(8) == 0) {
        lose(range);
        left.remove(range);
      }
    }
    int from = random.nextInt(500);
    int to = from + 1 + random.nextInt(500);
    if (LogChain.from(new LogPosition(from), 1, left).end().value() >= to) {
      assertThat(read(planned, from, to)).isEqualTo(between(from, to));
    } else {
      assertThatThrownBy(() -> read(planned, from, to)).isInstanceOf(ProblemException.class);
    }
  }
}
