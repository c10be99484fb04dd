package dev.nanoctl.server.broadcast;

import dev.nanoctl.server.redis.RedisLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings announcements from the database to Redis: at once if possible, else later. */
final class NewsRelay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NewsRelay.class);
  private static final Duration TIDY = Duration.ofMillis(200);
  private static final int TIDIES_PER_SWEEP = 5;
  private static final int BATCH = 200;
  private static final String USE = "announce";

  private final Jdbi jdbi;
  private final RedisLink link;
  private final NewsLog log;
  private final String self;
  private final Positions positions;
  private final NewsStore store = new NewsStore();
  private final Map<Long, List<String>> changing = new ConcurrentHashMap<>();
  private final Queue<Long> told = new ConcurrentLinkedQueue<>();
  private final AtomicLong last = new AtomicLong();
  private final Semaphore stop = new Semaphore(0);
  private @Nullable Thread thread;

  NewsRelay(Jdbi jdbi, RedisLink link, NewsLog log, String self, Positions positions) {
    this.jdbi = jdbi;
    this.link = link;
    this.log = log;
    this.self = self;
    this.positions = positions;
  }

  void announce(Handle tx, List<String> topics, Runnable committed) {
    List<String> what = List.copyOf(topics);
    long row = store.insert(tx, self, what);
    tx.afterCommit(() -> tell(row, what, committed));
  }

  /** Others have heard of it, or will as soon as they can, before the caller goes on. */
  private void tell(long row, List<String> topics, Runnable committed) {
    changing.put(row, topics);
    topics.forEach(positions::changing);
    committed.run();
    add(self, row, topics)
        .ifPresent(at -> {
          done(row, at);
          told.add(row);
        });
  }

  private Optional<Long> add(String sender, long row, List<String> topics) {
    Optional<Long> at =
        link.ask(USE, redis -> log.add(redis, sender, row, topics)).map(NewsLog::position);
    at.ifPresent(position -> last.accumulateAndGet(position, Math::max));
    return at;
  }

  /** An announcement of this process stands in the log. */
  void done(long row, long at) {
    List<String> topics = changing.remove(row);
    if (topics != null) {
      topics.forEach(topic -> positions.changed(topic, at));
    }
  }

  /** The last position that Redis gave to an announcement of this process; 0 before the first. */
  long last() {
    return last.get();
  }

  /** Redis has forgotten what it had been told: everybody must take it that anything changed. */
  void announceLoss() {
    Optional<Long> _ = add(self, 0, List.of(RedisBroadcast.EVERYTHING));
  }

  void start() {
    thread = Thread.ofVirtual().name("news-relay").start(this::run);
  }

  private void run() {
    try {
      int rounds = 0;
      do {
        round(rounds % TIDIES_PER_SWEEP == 0);
        rounds++;
      } while (!stop.tryAcquire(TIDY.toMillis(), TimeUnit.MILLISECONDS));
      round(false);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void round(boolean sweep) {
    try {
      tidy();
      if (sweep && link.up()) {
        sweep();
      }
    } catch (RuntimeException e) {
      LOG.debug("news in the database are looked at later: {}", e.toString());
    }
  }

  private void tidy() {
    List<Long> ids = new ArrayList<>();
    Long id;
    while (ids.size() < BATCH && (id = told.poll()) != null) {
      ids.add(id);
    }
    if (ids.isEmpty()) {
      return;
    }
    try {
      jdbi.useHandle(tx -> store.delete(tx, ids));
    } catch (RuntimeException e) {
      told.addAll(ids);
      throw e;
    }
  }

  /** Tells what is left over: from a time without Redis, of a process that died, of a tool. */
  private void sweep() {
    int done;
    do {
      done = jdbi.inTransaction(this::sweepSome);
    } while (done == BATCH);
  }

  private int sweepSome(Handle tx) {
    List<Long> ids = new ArrayList<>();
    for (NewsStore.Row row : store.left(tx, BATCH)) {
      Optional<Long> at = add(row.sender(), row.id(), row.topics());
      if (at.isEmpty()) {
        break;
      }
      if (row.sender().equals(self)) {
        done(row.id(), at.get());
      }
      ids.add(row.id());
    }
    if (!ids.isEmpty()) {
      store.delete(tx, ids);
    }
    return ids.size();
  }

  @Override
  public void close() {
    stop.release();
    RedisBroadcast.join(thread);
  }
}
