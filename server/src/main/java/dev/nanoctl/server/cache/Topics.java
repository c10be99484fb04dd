package dev.nanoctl.server.cache;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each topic changed last, in a table of fixed size: topics that share a slot only make each
 * other's answers untrue too early, never too late.
 */
final class Topics {
  static final int SLOTS = 1 << 14;

  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong all = new AtomicLong();
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  long now() {
    return changes.get();
  }

  static int slot(String topic) {
    int hash = topic.hashCode();
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }

  static int[] slots(Collection<String> topics) {
    return topics.stream().mapToInt(Topics::slot).toArray();
  }

  void changed(String topic) {
    long change = changes.incrementAndGet();
    slots.accumulateAndGet(slot(topic), change, Math::max);
  }

  void changedAll() {
    all.accumulateAndGet(changes.incrementAndGet(), Math::max);
  }

  boolean unchanged(int[] shown, long since) {
    if (all.get() > since) {
      return false;
    }
    for (int slot : shown) {
      if (slots.get(slot) > since) {
        return false;
      }
    }
    return true;
  }
}
