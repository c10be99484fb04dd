package dev.nanoctl.backup.pack;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/**
 * Compresses what a frame holds: one byte for the method, four for the plain length, then the
 * content as it is (0) or as zstd (1). Not for several threads at once.
 */
public final class FrameCodec implements AutoCloseable {
  /** The most bytes of content in a frame of blocks. */
  static final int LARGEST = 256 * 1024;

  static final int PREFIX = 5;
  private static final byte STORED = 0;
  private static final byte ZSTD = 1;
  private static final int SLACK = 1024;
  private static final int THOROUGH = 6;

  /** {@code ZSTD_btopt} of zstd.h. */
  private static final int OPTIMAL = 7;

  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

  /** Compresses at that level of zstd. */
  public FrameCodec(int level) {
    compressor.setLevel(level);
  }

  /**
   * Compresses thoroughly. The optimal parser with a short search finds the many short repetitions
   * in pages of indexes, which no level below 15 does, in a fifth of that level's time.
   */
  public static FrameCodec thorough() {
    var codec = new FrameCodec(THOROUGH);
    codec.compressor.setStrategy(OPTIMAL).setMinMatch(5).setSearchLog(1).setTargetLength(16);
    return codec;
  }

  /** Compresses at that level of zstd from now on. */
  void level(int level) {
    compressor.setStrategy(0).setMinMatch(0).setSearchLog(0).setTargetLength(0).setLevel(level);
  }

  /** How large the buffer for a frame of that many bytes has to be. */
  public static int bound(int length) {
    return PREFIX + length + length / 128 + SLACK;
  }

  /** Writes into the buffer and answers how many bytes; never more than {@link #PREFIX} longer. */
  public int compress(byte[] content, int length, byte[] into) {
    int packed =
        compressor.compressByteArray(into, PREFIX, into.length - PREFIX, content, 0, length);
    boolean smaller = packed < length;
    if (!smaller) {
      System.arraycopy(content, 0, into, PREFIX, length);
    }
    ByteBuffer.wrap(into).put(smaller ? ZSTD : STORED).putInt(length);
    return PREFIX + (smaller ? packed : length);
  }

  /** The content; {@link IllegalArgumentException} if this is no frame or of more bytes. */
  public static byte[] decompress(byte[] frame, int most) {
    byte[] content = new byte[length(frame, frame.length, most)];
    decompress(frame, frame.length, content);
    return content;
  }

  /**
   * Decompresses the first bytes of an array into one that may be longer.
   *
   * @return how many bytes of content there are
   * @throws IllegalArgumentException if this is no frame or its content does not fit
   */
  static int decompress(byte[] frame, int size, byte[] into) {
    try (var decompressor = new ZstdDecompressCtx()) {
      return decompress(decompressor, frame, size, into);
    }
  }

  /** As {@link #decompress(byte[], int, byte[])}, with what this codec has of memory. */
  int open(byte[] frame, int size, byte[] into) {
    return decompress(decompressor, frame, size, into);
  }

  private static int decompress(
      ZstdDecompressCtx decompressor, byte[] frame, int size, byte[] into) {
    int length = length(frame, size, into.length);
    if (frame[0] == STORED && size == PREFIX + length) {
      System.arraycopy(frame, PREFIX, into, 0, length);
      return length;
    }
    if (frame[0] != ZSTD) {
      throw new IllegalArgumentException("a frame by method " + frame[0]);
    }
    int n;
    try {
      n = decompressor.decompressByteArray(into, 0, length, frame, PREFIX, size - PREFIX);
    } catch (ZstdException e) {
      throw new IllegalArgumentException("a frame that does not decompress", e);
    }
    if (n != length) {
      throw new IllegalArgumentException("a frame with " + n + " bytes instead of " + length);
    }
    return length;
  }

  private static int length(byte[] frame, int size, int most) {
    if (size < PREFIX) {
      throw new IllegalArgumentException("a frame of " + size + " bytes");
    }
    int length = ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
    if (length < 0 || length > most) {
      throw new IllegalArgumentException("a frame with " + length + " bytes of content");
    }
    return length;
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
