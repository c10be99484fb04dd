package dev.nanoctl.server.search;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the index: when the server starts, and every few minutes, it is compared with the
 * database; and it is written anew soon after it was found damaged or outgrown.
 */
final class SearchUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchUpkeep.class);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final int LOOKS_PER_COMPARISON = 30;

  private final Indexing indexing;
  private final SearchMetrics metrics;
  private final Semaphore stop = new Semaphore(0);
  private @Nullable Thread thread;

  SearchUpkeep(Indexing indexing, SearchMetrics metrics) {
    this.indexing = indexing;
    this.metrics = metrics;
  }

  void start() {
    thread = Thread.ofVirtual().name("search-upkeep").start(this::run);
  }

  private void run() {
    try {
      int looks = 0;
      do {
        look(looks % LOOKS_PER_COMPARISON == 0);
        looks++;
      } while (!stop.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(boolean compare) {
    try {
      if (indexing.wantsRebuild()) {
        indexing.rebuild((_, _) -> {});
        metrics.rebuilt();
      } else if (compare) {
        metrics.mended(indexing.reconcile());
      }
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Locked) {
        LOG.debug("another server looks after the search index");
      } else {
        LOG.warn("the search index could not be looked after, trying again: {}", e.toString());
      }
    } catch (RuntimeException e) {
      LOG.warn("the search index could not be looked after, trying again: {}", e.toString());
      LOG.debug("looking after the search index failed", e);
    }
  }

  @Override
  public void close() {
    stop.release();
    Thread running = thread;
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(20));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
