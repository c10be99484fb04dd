package dev.nanoctl.server.search.text;

/** Counts by stem, in two arrays: stems are told apart by 64 bits of hash. */
final class StemCounts {
  private final long[] keys;
  private final int[] counts;
  private final int mask;
  private int size;

  /** Room for that many stems. */
  StemCounts(int most) {
    this(new long[capacity(most)], new int[capacity(most)], 0);
  }

  private StemCounts(long[] keys, int[] counts, int size) {
    this.keys = keys;
    this.counts = counts;
    this.mask = keys.length - 1;
    this.size = size;
  }

  private static int capacity(int most) {
    return Integer.highestOneBit(Math.max(16, most * 2) - 1) << 1;
  }

  /** A copy of these counts with room for so many more stems. */
  StemCounts withRoomFor(int more) {
    int most = size + more;
    if (keys.length >= capacity(most)) {
      return new StemCounts(keys.clone(), counts.clone(), size);
    }
    StemCounts copy = new StemCounts(most);
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        copy.add(keys[i], counts[i]);
      }
    }
    return copy;
  }

  void add(String stem, int count) {
    add(hash(stem), count);
  }

  private void add(long key, int count) {
    int slot = slot(key);
    if (keys[slot] == 0) {
      keys[slot] = key;
      size++;
    }
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
