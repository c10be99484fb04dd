package dev.nanoctl.appliance;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what other threads find out. */
final class Futures {
  private Futures() {}

  /** The result; what went wrong over there goes wrong here. */
  static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }
}
