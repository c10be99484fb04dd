package dev.nanoctl.backup.logical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private final Random random = new Random(11);

  private static Map<String, byte[]> cut(int keys, List<String> rows) throws Exception {
    var pieces = new LinkedHashMap<String, byte[]>();
    var cutter = new Pieces(keys, (name, bytes) -> assertThat(pieces.put(name, bytes)).isNull());
    for (String row : rows) {
      cutter.row(row.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(cutter.end()).isEqualTo(rows.size());
    return pieces;
  }

  private List<String> rows(int count, int size) {
    var rows = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      rows.add("%08d\t%s\n".formatted(i * 10, text(random.nextInt(2 * size))));
    }
    return rows;
  }

  private String text(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) ('a' + random.nextInt(26)));
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static byte[] joined(Map<String, byte[]> pieces) {
    var all = new ByteArrayOutputStream();
    pieces.values().forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static long different(Map<String, byte[]> before, Map<String, byte[]> after) {
    return after.entrySet().stream()
        .filter(piece -> !Arrays.equals(piece.getValue(), before.get(piece.getKey())))
        .count();
  }

  @Test
  void togetherTheyAreAllRowsInOrder() throws Exception {
    List<String> rows = rows(20_000, 100);
    Map<String, byte[]> pieces = cut(1, rows);
    assertThat(joined(pieces)).isEqualTo(String.join("", rows).getBytes(StandardCharsets.UTF_8));
    assertThat(pieces.size()).isBetween(8, 40);
    assertThat(pieces.values())
        .allSatisfy(piece -> assertThat(piece.length).isLessThanOrEqualTo(Pieces.LARGEST));
    assertThat(pieces.values())
        .allSatisfy(piece -> assertThat(piece[piece.length - 1]).isEqualTo((byte) '\n'));
  }

  @Test
  void largeRowsMakeNoLargerPieces() throws Exception {
    Map<String, byte[]> pieces = cut(1, rows(500, 20_000));
    long all = joined(pieces).length;
    assertThat(all / pieces.size()).isBetween(60_000L, 300_000L);
  }

  @Test
  void aRowThatChangesOrComesMovesOnlyWhatIsNear() throws Exception {
    List<String> rows = rows(20_000, 100);
    Map<String, byte[]> before = cut(1, rows);
    for (int i = 0; i < 20; i++) {
      int at = random.nextInt(rows.size());
      var changed = new ArrayList<>(rows);
      switch (i % 3) {
        case 0 -> changed.set(at, rows.get(at).substring(0, 9) + text(90) + "\n");
        case 1 -> changed.add(at, "%08d\t%s\n".formatted(at * 10 - 5, text(300)));
        default -> changed.remove(at);
      }
      assertThat(different(before, cut(1, changed))).isBetween(1L, 4L);
    }
  }

  @Test
  void rowsThatAreTheSameAreAllKept() throws Exception {
    var rows = new ArrayList<String>();
    for (int i = 0; i < 30_000; i++) {
      rows.add("the same row of a table without a key\n");
    }
    assertThat(joined(cut(0, rows)).length).isEqualTo(30_000 * rows.getFirst().length());
  }

  @Test
  void nothingIsNoPiece() throws IOException, InterruptedException {
    var cutter =
        new Pieces(
            1,
            (_, _) -> {
              throw new IOException("a piece of nothing");
            });
    assertThat(cutter.end()).isZero();
  }
}
