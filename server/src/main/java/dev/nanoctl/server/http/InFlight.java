package dev.nanoctl.server.http;

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

  /** Asks clients to go and waits until the last request is answered; false when time is up. */
  boolean drain(HttpConfig.Drain how) throws InterruptedException {
    draining = true;
    Thread.sleep(how.linger());
    long end = System.nanoTime() + how.patience().toNanos();
    while (count() > 0) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }
}
