package dev.nanoctl.backup.pack;

import dev.nanoctl.backup.crypto.BlockId;
import dev.nanoctl.backup.crypto.BlockIds;
import dev.nanoctl.backup.crypto.FrameCipher;
import dev.nanoctl.backup.crypto.Sealer;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is in a pack: its frames, and the id and length of every block in them. */
final class PackIndex {
  private static final int VERSION = 1;

  private final int[] frameSizes;
  private final int[] frameBlocks;
  private final long[] high;
  private final long[] low;
  private final int[] lengths;

  private PackIndex(int frames, int blocks) {
    this.frameSizes = new int[frames];
    this.frameBlocks = new int[frames + 1];
    this.high = new long[blocks];
    this.low = new long[blocks];
    this.lengths = new int[blocks];
  }

  int frames() {
    return frameSizes.length;
  }

  int blocks() {
    return lengths.length;
  }

  BlockId id(int block) {
    return new BlockId(high[block], low[block]);
  }

  int length(int block) {
    return lengths[block];
  }

  /** The number of the first block of a frame; of the frame after the last, how many there are. */
  int firstBlock(int frame) {
    return frameBlocks[frame];
  }

  int frameOf(int block) {
    int found = Arrays.binarySearch(frameBlocks, block);
    int frame = found < 0 ? -found - 2 : found;
    while (frameBlocks[frame + 1] == block) {
      frame++;
    }
    return frame;
  }

  /** Where a frame begins in the pack, in bytes. */
  long offset(int frame) {
    long offset = Sealer.HEADER;
    for (int i = 0; i < frame; i++) {
      offset += frameSizes[i];
    }
    return offset;
  }

  /** How long a sealed frame is, in bytes. */
  int size(int frame) {
    return frameSizes[frame];
  }

  /** How many bytes of content a frame has. */
  int content(int frame) {
    return content(firstBlock(frame), firstBlock(frame + 1));
  }

  /** How many bytes the blocks from one to before another have. */
  int content(int from, int to) {
    int sum = 0;
    for (int block = from; block < to; block++) {
      sum += lengths[block];
    }
    return sum;
  }

  static PackIndex decode(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("an index of another version");
      }
      int frames = number(in, bytes.length);
      int blocks = number(in, bytes.length);
      var index = new PackIndex(frames, blocks);
      for (int frame = 0; frame < frames; frame++) {
        index.frameSizes[frame] = number(in, Integer.MAX_VALUE);
        index.frameBlocks[frame + 1] = index.frameBlocks[frame] + number(in, blocks);
      }
      for (int block = 0; block < blocks; block++) {
        index.high[block] = in.getLong();
        index.low[block] = in.getLong();
        index.lengths[block] = number(in, FrameCodec.LARGEST);
      }
      if (in.hasRemaining() || index.frameBlocks[frames] != blocks) {
        throw new IllegalArgumentException("an index that does not add up");
      }
      return index;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("an index that ends early", e);
    }
  }

  private static int number(ByteBuffer in, int most) {
    long value = Varints.read(in);
    if (value > most) {
      throw new IllegalArgumentException("an index with the number " + value);
    }
    return (int) value;
  }

  /** Collects an index while its pack is written. */
  static final class Builder {
    private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    private int frameCount;
    private int blockCount;
    private int inFrame;

    int blockCount() {
      return blockCount;
    }

    /** How large the sealed index may become, in bytes. */
    int bound() {
      return FrameCodec.bound(frames.size() + blocks.size() + 32) + FrameCipher.OVERHEAD;
    }

    int block(BlockId id, int length) {
      byte[] bytes =
          ByteBuffer.allocate(BlockIds.LENGTH).putLong(id.high()).putLong(id.low()).array();
      blocks.writeBytes(bytes);
      Varints.write(blocks, length);
      inFrame++;
      return blockCount++;
    }

    void frame(int sealedSize) {
      Varints.write(frames, sealedSize);
      Varints.write(frames, inFrame);
      inFrame = 0;
      frameCount++;
    }

    byte[] encode() {
      var out = new ByteArrayOutputStream();
      out.write(VERSION);
      Varints.write(out, frameCount);
      Varints.write(out, blockCount);
      out.writeBytes(frames.toByteArray());
      out.writeBytes(blocks.toByteArray());
      return out.toByteArray();
    }
  }
}
