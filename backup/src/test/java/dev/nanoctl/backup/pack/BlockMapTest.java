package dev.nanoctl.backup.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.pack.BlockMap.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockMapTest {
  private static final int SIZE = 8192;

  @Test
  void blocksThatFollowEachOtherInAPackAreOneRun() {
    var map = new BlockMap.Builder(SIZE);
    for (int block = 0; block < 1000; block++) {
      map.add(1, block);
    }
    assertThat(map.build().runs()).containsExactly(new Run(1, 0, 1000));
  }

  @Test
  void blocksOfZerosAreOneRunOfTheirOwn() {
    var map = new BlockMap.Builder(SIZE);
    map.add(1, 7);
    map.add(BlockMap.ZEROS, 0);
    map.add(BlockMap.ZEROS, 0);
    map.add(1, 8);
    assertThat(map.build().runs())
        .containsExactly(new Run(1, 7, 1), new Run(0, 0, 2), new Run(1, 8, 1));
  }

  @Test
  void whatIsPackedIsReadAgain() {
    var random = new Random(1);
    var builder = new BlockMap.Builder(SIZE);
    for (int block = 0; block < 10_000; block++) {
      builder.add(1 + random.nextInt(300), random.nextInt(5000));
    }
    BlockMap map = builder.build();
    assertThat(map.blocks()).isEqualTo(10_000);
    assertThat(BlockMap.unpack(SIZE, map.packed())).isEqualTo(map);
    assertThat(BlockMap.of(SIZE, map.runs())).isEqualTo(map);
  }

  @Test
  void anUnchangedFileOfAGigabyteNeedsAFewBytes() {
    assertThat(BlockMap.of(SIZE, List.of(new Run(3, 100, 131_072))).packed()).hasSize(5);
  }

  @Test
  void whatIsCutOffIsRefused() {
    byte[] packed = BlockMap.of(SIZE, List.of(new Run(3, 100, 131_072))).packed();
    byte[] cut = Arrays.copyOf(packed, packed.length - 1);
    assertThatThrownBy(() -> BlockMap.unpack(SIZE, cut))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
