package dev.nanoctl.server.search.lucene;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes visible a moment after they were made, many at a time, and puts them on disk within
 * about a second. One thread; it sleeps while nothing changes.
 */
final class Refresher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);
  private static final long GATHER_MILLIS = 150;
  private static final long COMMIT_MILLIS = 1_000;

  private final Runnable refresh;
  private final Runnable commit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final Thread thread;
  private boolean changed;
  private boolean closed;
  private boolean uncommitted;
  private long committedAt;

  Refresher(Runnable refresh, Runnable commit) {
    this.refresh = refresh;
    this.commit = commit;
    this.thread = Thread.ofPlatform().daemon().name("search-refresh").start(this::run);
  }

  void changed() {
    lock.lock();
    try {
      changed = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (await()) {
        TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
        step();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to do; false when there is nothing any more. */
  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !changed) {
        if (!uncommitted) {
          woken.await();
        } else if (!woken.await(COMMIT_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void step() {
    try {
      boolean refreshed = takeChanged();
      if (refreshed) {
        refresh.run();
        uncommitted = true;
      }
      long now = System.nanoTime();
      if (uncommitted && now - committedAt >= TimeUnit.MILLISECONDS.toNanos(COMMIT_MILLIS)) {
        commit.run();
        uncommitted = false;
        committedAt = System.nanoTime();
      }
    } catch (RuntimeException e) {
      LOG.error("the search index could not be refreshed; the next change tries again", e);
    }
  }

  private boolean takeChanged() {
    lock.lock();
    try {
      boolean was = changed;
      changed = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
