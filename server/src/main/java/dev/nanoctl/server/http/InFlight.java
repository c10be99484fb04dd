package dev.nanoctl.server.http;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests being answered, so that closing can wait for them. */
final class InFlight {
  private final LongAdder count = new LongAdder();
  private volatile boolean draining;

  void enter() {
    count.increment();
  }

  void leave() {
    count.decrement();
  }

  long count() {
    return count.sum();
  }

  boolean draining() {
    return draining;
  }

  /** Asks clients to go, and after a while waits for a moment without any request. */
  void drain(Duration linger, Duration calm) throws InterruptedException {
    draining = true;
    Thread.sleep(linger);
    long end = System.nanoTime() + calm.toNanos();
    while (count() > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }
}
