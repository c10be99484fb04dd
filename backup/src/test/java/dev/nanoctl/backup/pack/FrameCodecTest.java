package dev.nanoctl.backup.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void whatIsNotZstdIsNoFrame() {
    byte[] frame = {1, 0, 0, 0, 9, 7, 7, 7, 7, 7, 7};
    assertThatThrownBy(() -> FrameCodec.decompress(frame, 9))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
