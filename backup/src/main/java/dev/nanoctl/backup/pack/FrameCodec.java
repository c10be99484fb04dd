package dev.nanoctl.backup.pack;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.util.Arrays;

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

  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

  /** Compresses at that level of zstd. */
  public FrameCodec(int level) {
    compressor.setLevel(level);
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
  public byte[] decompress(byte[] frame, int most) {
    if (frame.length < PREFIX) {
      throw new IllegalArgumentException("a frame of " + frame.length + " bytes");
    }
    ByteBuffer head = ByteBuffer.wrap(frame);
    byte method = head.get();
    int length = head.getInt();
    if (length < 0 || length > most) {
      throw new IllegalArgumentException("a frame with " + length + " bytes of content");
    }
    if (method == STORED && frame.length == PREFIX + length) {
      return Arrays.copyOfRange(frame, PREFIX, frame.length);
    }
    if (method != ZSTD) {
      throw new IllegalArgumentException("a frame by method " + method);
    }
    byte[] content = new byte[length];
    try {
      int n =
          decompressor.decompressByteArray(
              content, 0, length, frame, PREFIX, frame.length - PREFIX);
      if (n != length) {
        throw new IllegalArgumentException("a frame with " + n + " bytes instead of " + length);
      }
      return content;
    } catch (ZstdException e) {
      throw new IllegalArgumentException("a frame that does not decompress", e);
    }
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
