package dev.nanoctl.server.media.pack;

/** Little-endian numbers in an array of bytes, as ZIP has them. */
final class Bytes {
  private Bytes() {}

  static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  static long u32(byte[] bytes, int at) {
    return u16(bytes, at) | (long) u16(bytes, at + 2) << 16;
  }

  /** A 64-bit number; one beyond 2^63 comes out negative, which no check accepts. */
  static long u64(byte[] bytes, int at) {
    return u32(bytes, at) | u32(bytes, at + 4) << 32;
  }

  static boolean has(byte[] bytes, int at, long signature) {
    return at >= 0 && at + 4 <= bytes.length && u32(bytes, at) == signature;
  }
}
