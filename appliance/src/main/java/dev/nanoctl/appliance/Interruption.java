package dev.nanoctl.appliance;

import java.util.concurrent.CountDownLatch;

/**
 * Lets an operation end in good order when the process is asked to end (Ctrl-C, SIGTERM): the
 * operation notices at its next step, undoes what it did, and only then the process ends.
 */
public final class Interruption implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::request, "interruption");
  private volatile boolean requested;

  /** Listens from now on. */
  public static Interruption listen() {
    var interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the operation should end. */
  public boolean requested() {
    return requested;
  }

  private void request() {
    requested = true;
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the process is ending; the hook has been told already
      }
    }
  }
}
