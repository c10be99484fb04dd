package dev.nanoctl.server.media.pack;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tagged extra fields of a ZIP header. */
final class ExtraFields {
  private ExtraFields() {}

  /** The content of the first field with the tag, or null if there is none that is whole. */
  static byte @Nullable [] find(byte[] extra, int tag) {
    int at = 0;
    while (at + 4 <= extra.length) {
      int length = Bytes.u16(extra, at + 2);
      int end = at + 4 + length;
      if (end > extra.length) {
        return null;
      }
      if (Bytes.u16(extra, at) == tag) {
        return Arrays.copyOfRange(extra, at + 4, end);
      }
      at = end;
    }
    return null;
  }
}
