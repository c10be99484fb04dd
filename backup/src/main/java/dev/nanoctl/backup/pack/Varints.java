package dev.nanoctl.backup.pack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Unsigned numbers in as few bytes as they need, seven bits each, the lowest first (LEB128). */
final class Varints {
  private static final int LOW = 0x7F;
  private static final int MORE = 0x80;
  private static final int LONGEST = 63;

  private Varints() {}

  static void write(ByteArrayOutputStream out, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    long rest = value;
    while (rest > LOW) {
      out.write((int) (rest & LOW) | MORE);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Throws {@link IllegalArgumentException} if there is no whole number. */
  static long read(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < LONGEST; shift += 7) {
      if (!in.hasRemaining()) {
        throw new IllegalArgumentException("a number ends early");
      }
      int next = in.get();
      value |= (long) (next & LOW) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }
}
