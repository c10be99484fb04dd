package dev.nanoctl.server.search.meili;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the server twice a second, more often while changes of this process are under way, and
 * less often while it does not answer. One thread.
 */
final class MeiliWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeiliWatch.class);
  private static final long WRITING_MILLIS = 50;
  private static final long LOOK_MILLIS = 500;
  private static final long DOWN_MILLIS = 1_000;

  private final BooleanSupplier look;
  private final BooleanSupplier writing;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Watches by calling this.
   *
   * @param look looks once; whether the server answers
   * @param writing whether changes are under way
   */
  MeiliWatch(BooleanSupplier look, BooleanSupplier writing) {
    this.look = look;
    this.writing = writing;
    this.thread = Thread.ofPlatform().daemon().name("search-watch").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Looks soon, because something is under way. */
  void wake() {
    woken.release();
  }

  private void run() {
    boolean answers = true;
    try {
      while (!closed) {
        long rest = !answers ? DOWN_MILLIS : LOOK_MILLIS;
        if (answers && writing.getAsBoolean()) {
          TimeUnit.MILLISECONDS.sleep(WRITING_MILLIS);
        } else if (woken.tryAcquire(rest, TimeUnit.MILLISECONDS)) {
          TimeUnit.MILLISECONDS.sleep(WRITING_MILLIS);
        }
        woken.drainPermits();
        if (!closed) {
          answers = answers();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    try {
      return look.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.error("looking at the search engine failed; it is tried again", e);
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    woken.release();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
