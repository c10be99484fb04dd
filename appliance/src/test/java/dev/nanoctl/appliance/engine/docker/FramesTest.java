package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
  @Test
  void linesAreWholeHoweverTheyAreCut() throws IOException {
    byte[] stream = frames("first\nsec", "ond\n", "dritte Zeile: ä");
    List<String> lines = new ArrayList<>();
    Frames.lines(new ByteArrayInputStream(stream), lines::add);
    assertThat(lines).containsExactly("first", "second", "dritte Zeile: ä");
  }

  @Test
  void anEmptyStreamHasNoLines() throws IOException {
    assertThat(Frames.text(new ByteArrayInputStream(new byte[0]))).isEmpty();
  }

  @Test
  void aFrameThatIsCutOffIsNoticed() throws IOException {
    byte[] stream = frames("something");
    var cut = new ByteArrayInputStream(stream, 0, stream.length - 2);
    assertThatThrownBy(() -> Frames.text(cut)).isInstanceOf(EOFException.class);
  }

  private static byte[] frames(String... texts) throws IOException {
    var out = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.write(ByteBuffer.allocate(8).put((byte) 1).putInt(4, bytes.length).array());
      out.write(bytes);
    }
    return out.toByteArray();
  }
}
