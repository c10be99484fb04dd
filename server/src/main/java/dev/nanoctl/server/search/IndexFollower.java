package dev.nanoctl.server.search;

import dev.nanoctl.server.broadcast.Broadcast;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index of this process alone like the database when other servers deliver the outbox: by
 * what they announce.
 */
final class IndexFollower implements Broadcast.Reader, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
  private static final String NANO = "nano:";
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Indexing indexing;
  private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean compare;
  private volatile boolean open = true;
  private @Nullable Thread thread;

  IndexFollower(Indexing indexing) {
    this.indexing = indexing;
  }

  void start() {
    thread = Thread.ofVirtual().name("index-follower").start(this::run);
  }

  @Override
  public void heard(String news) {
    if (news.startsWith(NANO)) {
      changed.add(UUID.fromString(news.substring(NANO.length())));
      wake.release();
    }
  }

  @Override
  public void missed() {
    compare = true;
    wake.release();
  }

  private void run() {
    try {
      while (open) {
        wake.acquire();
        wake.drainPermits();
        follow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    boolean all = compare;
    Set<UUID> some = Set.copyOf(changed);
    try {
      if (all) {
        compare = false;
        indexing.reconcile();
      }
      changed.removeAll(some);
      indexing.refresh(some);
    } catch (RuntimeException e) {
      LOG.warn("the search index is behind, trying again: {}", e.toString());
      LOG.debug("following the changes failed", e);
      compare |= all;
      changed.addAll(some);
      if (open) {
        Thread.sleep(RETRY);
        wake.release();
      }
    }
  }

  @Override
  public void close() {
    open = false;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
