package dev.nanoctl.cli;

import dev.nanoctl.cli.output.Output;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private volatile boolean requested;
  private volatile @Nullable Thread worker;

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

  /**
   * Does work that stops by itself, whole where it stopped, when its thread is interrupted. A
   * failure on the way out is told as the interruption that it came from.
   */
  <T> T stoppable(Supplier<T> work) {
    worker = Thread.currentThread();
    try {
      return duringOperation(work);
    } catch (RuntimeException e) {
      throw requested && !isInterruption(e) ? interrupted(e) : e;
    } finally {
      worker = null;
      // what is left to do is to tell about it, undisturbed
      boolean _ = Thread.interrupted();
    }
  }

  private static boolean isInterruption(RuntimeException e) {
    return e instanceof ProblemException known && known.problem() instanceof Problem.Interrupted;
  }

  private static ProblemException interrupted(RuntimeException cause) {
    return new Problem.Interrupted("NC-INTERRUPTED", "interrupted", "run it again").raise(cause);
  }

  private void end() {
    requested = true;
    Thread working = worker;
    if (working != null) {
      working.interrupt();
    }
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
