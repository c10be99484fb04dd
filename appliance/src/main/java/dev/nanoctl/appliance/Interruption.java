package dev.nanoctl.appliance;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets an operation end in good order when the process is asked to end (Ctrl-C, SIGTERM): the
 * operation notices at its next step, undoes what it did, and only then the process ends.
 */
public final class Interruption implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::request, "interruption");
  private final CountDownLatch asked = new CountDownLatch(1);

  /** Listens from now on. */
  public static Interruption listen() {
    var interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the operation should end. */
  public boolean requested() {
    return asked.getCount() == 0;
  }

  /**
   * Whether the operation should end, for a step that failed: a signal to the whole group may have
   * ended a program of the step a moment before this process heard of it.
   */
  boolean requestedJustNow() {
    try {
      return asked.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void request() {
    asked.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (!requested()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the process is ending; the hook has been told already
      }
    }
  }
}
