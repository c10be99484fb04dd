package dev.nanoctl.backup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  private static final HexFormat HEX = HexFormat.of();

  /** Gives a few bytes at a time, and times out between. */
  private static final class Stuttering extends InputStream {
    private final Random random;
    private final byte[] bytes;
    private int position;

    Stuttering(byte[] bytes, long seed) {
      this.bytes = bytes;
      this.random = new Random(seed);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (position == bytes.length) {
        return -1;
      }
      if (random.nextInt(3) == 0) {
        throw new SocketTimeoutException("nothing yet");
      }
      int count = Math.min(Math.min(length, 1 + random.nextInt(5000)), bytes.length - position);
      System.arraycopy(bytes, position, target, offset, count);
      position += count;
      return count;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noByteIsLostHoweverTheyArrive(long seed) throws Exception {
    var random = new Random(seed);
    var sent = new ArrayList<byte[]>();
    var wire = new ByteArrayOutputStream();
    var writer = new FrameWriter(wire);
    for (int i = 0; i < 60; i++) {
      byte[] body = new byte[random.nextInt(i % 10 == 0 ? 300_000 : 200)];
      random.nextBytes(body);
      sent.add(body);
      writer.write('d', ByteBuffer.wrap(body));
    }
    var reader = new FrameReader(new Stuttering(wire.toByteArray(), seed));
    for (byte[] body : sent) {
      Frame frame = reader.poll();
      while (frame == null) {
        frame = reader.poll();
      }
      byte[] got = new byte[frame.body().remaining()];
      frame.body().get(got);
      assertThat(got).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"6400000003", "64ffffffff", "647fffffff"})
  void anImpossibleLengthIsRefused(String hex) {
    var reader = new FrameReader(new ByteArrayInputStream(HEX.parseHex(hex)));
    assertThatThrownBy(reader::read).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aStreamThatEndsWithinAMessageIsAnError() {
    var reader = new FrameReader(new ByteArrayInputStream(HEX.parseHex("640000000801")));
    assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
  }

  @Test
  void anErrorIsReadFromItsFields() {
    String fields = "SFEHLER\0VERROR\0C58P01\0Mrequested WAL is gone\0DMore\0\0";
    PostgresError error =
        PostgresError.read(ByteBuffer.wrap(fields.getBytes(StandardCharsets.UTF_8)));
    assertThat(error)
        .isEqualTo(new PostgresError("ERROR", "58P01", "requested WAL is gone", "More"));
    assertThat(new PostgresException(error).problem().code()).isEqualTo("NC-BACKUP-WAL-GONE");
  }

  @Test
  void messagesLookLikeTheOnesOfTheManual() throws Exception {
    var wire = new ByteArrayOutputStream();
    var writer = new FrameWriter(wire);
    writer.requestTls();
    writer.cancel(1, 2);
    writer.query("X");
    assertThat(HEX.formatHex(wire.toByteArray()))
        .isEqualTo("0000000804d2162f" + "0000001004d2162e0000000100000002" + "51000000065800");
  }

  @Test
  void aHistoryKnowsWhichTimelineHoldsAPosition() {
    TimelineHistory history =
        TimelineHistory.parse(
            3,
            """
            1\t0/3000148\tno recovery target specified

            # note
            2\t0/5000000\tbefore 2026-01-01
            """);
    assertThat(history.at(dev.nanoctl.backup.LogPosition.parse("0/3000147"))).isEqualTo(1);
    assertThat(history.at(dev.nanoctl.backup.LogPosition.parse("0/3000148"))).isEqualTo(2);
    assertThat(history.at(dev.nanoctl.backup.LogPosition.parse("0/5000000"))).isEqualTo(3);
    assertThat(history.after(1)).hasValue(2);
    assertThat(history.after(2)).hasValue(3);
    assertThat(history.after(3)).isEmpty();
    assertThat(history.contains(3)).isTrue();
    assertThat(history.contains(4)).isFalse();
    assertThat(history.fileName()).isEqualTo("00000003.history");
  }

  @Test
  void aHistoryThatRunsBackwardsIsRefused() {
    for (String text :
        List.of("2\t0/1\tx\n1\t0/2\tx\n", "1\t0/2\tx\n2\t0/1\tx\n", "3\t0/1\tx", "1")) {
      assertThatThrownBy(() -> TimelineHistory.parse(3, text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
