package dev.nanoctl.server.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests being answered, so that closing can wait for them. */
final class InFlight {
  /** How long a read is waited for that can be turned away. */
  private static final Duration READ_COMES = Duration.ofSeconds(1);

  /**
   * What is answered still after a read was turned away: what the proxy had chosen this server for
   * before. Shorter than it leaves a server out (2 s).
   */
  private static final Duration LEFT_OUT = Duration.ofMillis(500);

  private final LongAdder count = new LongAdder();
  private final Semaphore turningAway = new Semaphore(0);
  private final CountDownLatch turnedAway = new CountDownLatch(1);
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

  /**
   * Whether this read, which came through a proxy, is the one to be left without an answer: the
   * proxy repeats it elsewhere and leaves this server out from then on, before it stops listening.
   * True at most once.
   */
  boolean turnsAway() {
    boolean chosen = draining && turningAway.tryAcquire();
    if (chosen) {
      turnedAway.countDown();
    }
    return chosen;
  }

  /**
   * Asks clients to go, and after a while waits for a moment without any request.
   *
   * @param linger how long everything is answered still; zero where no proxy chooses among servers
   */
  void drain(Duration linger, Duration calm) throws InterruptedException {
    draining = true;
    if (!linger.isZero()) {
      Thread.sleep(linger);
      turningAway.release();
      if (turnedAway.await(READ_COMES.toMillis(), TimeUnit.MILLISECONDS)) {
        Thread.sleep(LEFT_OUT);
      }
    }
    long end = System.nanoTime() + calm.toNanos();
    while (count() > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }
}
