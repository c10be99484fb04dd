package dev.nanoctl.appliance.engine.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The frames in which an engine hands on what containers write to their two streams. */
final class Frames {
  private static final int HEAD = 8;
  private static final int LENGTH_AT = 4;

  private Frames() {}

  /** All that was written, in the order it arrived. */
  static String text(InputStream stream) throws IOException {
    var text = new StringBuilder();
    lines(stream, line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Hands on whole lines until the stream ends. */
  static void lines(InputStream stream, Consumer<String> reader) throws IOException {
    var rest = new StringBuilder();
    byte[] head = stream.readNBytes(HEAD);
    while (head.length == HEAD) {
      int length = ByteBuffer.wrap(head).getInt(LENGTH_AT);
      byte[] bytes = stream.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("a frame was cut off");
      }
      // a character never spans frames: engines cut at line ends or at 16 KB
      rest.append(new String(bytes, StandardCharsets.UTF_8));
      for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
        reader.accept(rest.substring(0, end));
        rest.delete(0, end + 1);
      }
      head = stream.readNBytes(HEAD);
    }
    if (!rest.isEmpty()) {
      reader.accept(rest.toString());
    }
  }
}
