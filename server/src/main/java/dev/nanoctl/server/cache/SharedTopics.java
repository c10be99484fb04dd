package dev.nanoctl.server.cache;

import dev.nanoctl.server.broadcast.Positions;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each topic changed last, by the positions of the site's log: the same for all its servers,
 * so that one can tell whether an answer that another has made is still true.
 */
public final class SharedTopics implements Positions {
  private final AtomicLongArray slots = new AtomicLongArray(Topics.SLOTS);
  private final AtomicIntegerArray changing = new AtomicIntegerArray(Topics.SLOTS);
  private volatile String log = "";
  private volatile long floor = Long.MAX_VALUE;
  private volatile long now;

  @Override
  public void begin(String name, long first) {
    // in this order: nothing of the old log must look true in the new one
    floor = Long.MAX_VALUE;
    now = 0;
    for (int i = 0; i < Topics.SLOTS; i++) {
      slots.set(i, 0);
    }
    log = name;
    floor = first;
  }

  @Override
  public void changing(String topic) {
    changing.incrementAndGet(Topics.slot(topic));
  }

  @Override
  public void changed(String topic, long at) {
    heard(topic, at);
    changing.decrementAndGet(Topics.slot(topic));
  }

  @Override
  public void heard(String topic, long at) {
    slots.accumulateAndGet(Topics.slot(topic), at, Math::max);
  }

  /** This process knows of a change, which need not stand in the log: it is later than the rest. */
  void changedHere(String topic) {
    heard(topic, now + 1);
  }

  @Override
  public void heardAll(long at) {
    floor = Math.max(floor, at);
  }

  @Override
  public void upTo(long at) {
    now = at;
  }

  /** The position up to which every change is known here. */
  long now() {
    return now;
  }

  /** The name of the log, whose positions cannot be compared with those of another. */
  String log() {
    return log;
  }

  /** Whether nothing of this has changed since that position, as far as is known here. */
  boolean unchanged(int[] shown, long since) {
    if (since < floor) {
      return false;
    }
    for (int slot : shown) {
      if (changing.get(slot) > 0 || slots.get(slot) > since) {
        return false;
      }
    }
    return true;
  }
}
