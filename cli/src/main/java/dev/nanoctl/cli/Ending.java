package dev.nanoctl.cli;

import dev.nanoctl.cli.output.Output;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What happens when the process is asked to end (Ctrl-C, SIGTERM): an operation is undone and told
 * about before the process ends; anything else ends at once, with a clean line.
 */
final class Ending {
  private static final long LONGEST_UNDO_MINUTES = 10;

  private final Output output;
  private final CountDownLatch told = new CountDownLatch(1);
  private final AtomicInteger operations = new AtomicInteger();
  private volatile int status;

  Ending(Output output) {
    this.output = output;
  }

  void listen() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "ending"));
  }

  /** Does work that must not simply be cut off. */
  <T> T duringOperation(Supplier<T> work) {
    operations.incrementAndGet();
    T result = work.get();
    operations.decrementAndGet();
    return result;
  }

  /** The command has ended and said what there is to say. */
  int toldWith(int finalStatus) {
    status = finalStatus;
    told.countDown();
    return finalStatus;
  }

  private void end() {
    if (operations.get() > 0) {
      try {
        if (told.await(LONGEST_UNDO_MINUTES, TimeUnit.MINUTES)) {
          Runtime.getRuntime().halt(status);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    } else {
      output.endLive();
    }
  }
}
