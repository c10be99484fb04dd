package dev.nanoctl.backup.pack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the blocks of a file are, by their position in the file: runs of blocks that follow each
 * other in a pack. All blocks have the same size, only the last of the file may be shorter.
 */
public final class BlockMap {
  /** The pack number of blocks that hold nothing but zeros; they are not stored. */
  public static final int ZEROS = 0;

  /**
   * Blocks that follow each other in a pack.
   *
   * @param pack a number of the manifest's table of packs, from 1, or {@link #ZEROS}
   * @param first the number of the first block within the pack, from 0
   * @param count how many blocks, at least 1
   */
  public record Run(int pack, int first, int count) {
    /** Refuses negative numbers and an empty run. */
    public Run {
      if (pack < 0 || first < 0 || count < 1 || (pack == ZEROS && first != 0)) {
        throw new IllegalArgumentException("no run: " + pack + " " + first + " " + count);
      }
    }
  }

  private final int blockSize;
  private final byte[] runs;

  private BlockMap(int blockSize, byte[] runs) {
    this.blockSize = blockSize;
    this.runs = runs;
  }

  /** A map of these runs, which are joined where they can be. */
  public static BlockMap of(int blockSize, List<Run> runs) {
    var map = new Builder(blockSize);
    runs.forEach(run -> map.add(run.pack(), run.first(), run.count()));
    return map.build();
  }

  /** Reads what {@link #packed} wrote; {@link IllegalArgumentException} if it is something else. */
  public static BlockMap unpack(int blockSize, byte[] packed) {
    var map = new BlockMap(blockSize, packed.clone());
    map.runs();
    return map;
  }

  /** In bytes. */
  public int blockSize() {
    return blockSize;
  }

  /** The runs as three unsigned LEB128 numbers each: pack, first, count less one. */
  public byte[] packed() {
    return runs.clone();
  }

  /** The runs in the order of the file. */
  public List<Run> runs() {
    var list = new ArrayList<Run>();
    ByteBuffer in = ByteBuffer.wrap(runs);
    while (in.hasRemaining()) {
      int pack = Math.toIntExact(Varints.read(in));
      int first = Math.toIntExact(Varints.read(in));
      list.add(new Run(pack, first, Math.toIntExact(Varints.read(in) + 1)));
    }
    return list;
  }

  /** How many blocks the file has. */
  public long blocks() {
    return runs().stream().mapToLong(Run::count).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockMap map
        && blockSize == map.blockSize
        && Arrays.equals(runs, map.runs);
  }

  @Override
  public int hashCode() {
    return 31 * blockSize + Arrays.hashCode(runs);
  }

  @Override
  public String toString() {
    return "BlockMap[" + blockSize + ", " + runs() + "]";
  }

  /** Collects blocks in the order of the file. */
  public static final class Builder {
    private final int blockSize;
    private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
    private int pack;
    private int first;
    private int count;

    /** An empty map for blocks of this size in bytes. */
    public Builder(int blockSize) {
      if (blockSize < 1) {
        throw new IllegalArgumentException("no block size: " + blockSize);
      }
      this.blockSize = blockSize;
    }

    /** The next block. */
    public void add(int packNumber, int block) {
      add(packNumber, block, 1);
    }

    private void add(int packNumber, int block, int blocks) {
      int next = pack == ZEROS ? 0 : first + count;
      if (count > 0 && packNumber == pack && block == next) {
        count += blocks;
        return;
      }
      flush();
      pack = packNumber;
      first = block;
      count = blocks;
    }

    private void flush() {
      if (count > 0) {
        var run = new Run(pack, first, count);
        Varints.write(runs, run.pack());
        Varints.write(runs, run.first());
        Varints.write(runs, run.count() - 1L);
      }
    }

    /** The map of what was added. */
    public BlockMap build() {
      flush();
      count = 0;
      return new BlockMap(blockSize, runs.toByteArray());
    }
  }
}
