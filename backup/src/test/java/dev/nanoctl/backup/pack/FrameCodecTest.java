package dev.nanoctl.backup.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameCodecTest {
  @Test
  void aFrameComesBackAtEveryLevelAndAsItIs() {
    byte[] random = new byte[5000];
    new Random(3).nextBytes(random);
    byte[] text =
        Arrays.copyOf("a page of a table ".repeat(500).getBytes(StandardCharsets.UTF_8), 9000);
    try (var codec = new FrameCodec(1)) {
      for (int level : new int[] {1, 3, 6}) {
        codec.level(level);
        for (byte[] content : new byte[][] {random, text, new byte[0]}) {
          byte[] frame = new byte[FrameCodec.bound(content.length)];
          int size = codec.compress(content, content.length, frame);
          byte[] again = new byte[content.length];
          assertThat(codec.open(frame, size, again)).isEqualTo(content.length);
          assertThat(again).isEqualTo(content);
          assertThat(FrameCodec.decompress(Arrays.copyOf(frame, size), content.length))
              .isEqualTo(content);
        }
      }
    }
  }

  @Test
  void pagesOfAnIndexAreSmallerWhenDoneThoroughly() {
    byte[] pages = pagesOfAnIndex();
    byte[] frame = new byte[FrameCodec.bound(pages.length)];
    try (var six = new FrameCodec(6);
        var thorough = FrameCodec.thorough()) {
      int usual = six.compress(pages, pages.length, frame);
      int size = thorough.compress(pages, pages.length, frame);
      assertThat(size).isLessThan(usual * 19 / 20);
      assertThat(FrameCodec.decompress(Arrays.copyOf(frame, size), pages.length)).isEqualTo(pages);
    }
  }

  @Test
  void nothingOfThoroughnessIsLeftAtAnotherLevel() {
    byte[] pages = pagesOfAnIndex();
    byte[] one = new byte[FrameCodec.bound(pages.length)];
    byte[] other = new byte[FrameCodec.bound(pages.length)];
    try (var quick = new FrameCodec(1);
        var codec = FrameCodec.thorough()) {
      codec.level(1);
      assertThat(codec.compress(pages, pages.length, one))
          .isEqualTo(quick.compress(pages, pages.length, other));
    }
    assertThat(one).isEqualTo(other);
  }

  /** Entries of a B-tree: where a row is, the entry's length, the key; some rows have moved. */
  private static byte[] pagesOfAnIndex() {
    var random = new Random(7);
    ByteBuffer pages = ByteBuffer.allocate(256 * 1024).order(ByteOrder.LITTLE_ENDIAN);
    for (int key = 0; pages.remaining() >= 32; key++) {
      entry(pages, key / 61, key % 61 + 1, key);
      if (random.nextInt(20) == 0) {
        entry(pages, 220_000 + random.nextInt(2_000), random.nextInt(61) + 1, key);
      }
    }
    return pages.array();
  }

  private static void entry(ByteBuffer pages, int page, int row, int key) {
    pages.putShort((short) (page >> 16)).putShort((short) page).putShort((short) row);
    pages.putShort((short) 16).putInt(key).putInt(0);
  }

  @Test
  void whatIsNotZstdIsNoFrame() {
    byte[] frame = {1, 0, 0, 0, 9, 7, 7, 7, 7, 7, 7};
    assertThatThrownBy(() -> FrameCodec.decompress(frame, 9))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
