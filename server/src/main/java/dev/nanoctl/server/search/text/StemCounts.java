package dev.nanoctl.server.search.text;

/** Counts by stem, in two arrays: stems are told apart by 64 bits of hash. */
final class StemCounts {
  private final long[] keys;
  private final int[] counts;
  private final int mask;

  StemCounts(int most) {
    int capacity = Integer.highestOneBit(Math.max(16, most * 2) - 1) << 1;
    keys = new long[capacity];
    counts = new int[capacity];
    mask = capacity - 1;
  }

  void add(String stem, int count) {
    int slot = slot(hash(stem));
    keys[slot] = hash(stem);
    counts[slot] += count;
  }

  int get(String stem) {
    return counts[slot(hash(stem))];
  }

  private int slot(long key) {
    int slot = (int) (key ^ (key >>> 32)) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static long hash(String stem) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < stem.length(); i++) {
      hash = (hash ^ stem.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 29;
    hash *= 0xbf58476d1ce4e5b9L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
