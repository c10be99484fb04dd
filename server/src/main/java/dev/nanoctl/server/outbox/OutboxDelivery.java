package dev.nanoctl.server.outbox;

import dev.nanoctl.server.broadcast.Broadcast;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the outbox: at once when the database says that something was added, and every second in
 * case it was not heard. One server of a site delivers at a time.
 */
public final class OutboxDelivery implements AutoCloseable, Broadcast.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxDelivery.class);
  private static final int BATCH = 500;
  private static final int MOST_ATTEMPTS = 12;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofSeconds(1);

  /**
   * What the outbox holds.
   *
   * @param waiting entries to be delivered
   * @param parked entries given up
   * @param oldestSeconds how long the oldest one waits
   */
  public record Backlog(long waiting, long parked, double oldestSeconds) {}

  private final Jdbi jdbi;
  private final Outbox outbox;
  private final InstantSource clock;
  private final OutboxStore store = new OutboxStore();
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean open = true;
  private @Nullable Thread thread;

  /** Delivers the entries of one outbox; nothing happens before {@link #start()}. */
  public OutboxDelivery(Jdbi jdbi, Outbox outbox, InstantSource clock) {
    this.jdbi = jdbi;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Begins to deliver. */
  public void start() {
    thread = Thread.ofVirtual().name("outbox").start(this::run);
  }

  @Override
  public void heard(String news) {
    if (news.equals("outbox")) {
      wake.release();
    }
  }

  @Override
  public void missed() {
    wake.release();
  }

  /** Waits for the delivery under way, then stops. */
  @Override
  public void close() {
    open = false;
    wake.release();
    Thread running = thread;
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(10));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    while (open) {
      try {
        if (wake.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
        while (open && deliverDue() == BATCH) {
          // there may be more
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("the outbox cannot be read, trying again: {}", e.toString());
        LOG.debug("reading the outbox failed", e);
      }
    }
  }

  /** Delivers one batch of what is due and tells how many entries it looked at. */
  public int deliverDue() {
    // a handle of its own: subscribers that use the database on this thread must not find
    // themselves in this transaction, which their mistakes would spoil
    try (Handle own = jdbi.open()) {
      return own.inTransaction(this::deliverBatch);
    }
  }

  private int deliverBatch(Handle tx) {
    if (!store.lock(tx)) {
      return 0;
    }
    List<OutboxStore.Due> due = store.due(tx, clock.instant(), BATCH);
    Set<String> held = new HashSet<>();
    int at = 0;
    while (at < due.size()) {
      int end = endOfRun(due, at);
      deliver(tx, due.subList(at, end), held);
      at = end;
    }
    return due.size();
  }

  private static int endOfRun(List<OutboxStore.Due> due, int start) {
    String topic = due.get(start).entry().topic();
    int end = start + 1;
    while (end < due.size() && due.get(end).entry().topic().equals(topic)) {
      end++;
    }
    return end;
  }

  /** Delivers entries of one topic; keys with a failed entry are held back. */
  private void deliver(Handle tx, List<OutboxStore.Due> run, Set<String> held) {
    List<OutboxStore.Due> free =
        run.stream().filter(due -> !held.contains(due.entry().key())).toList();
    if (free.isEmpty()) {
      return;
    }
    if (attempt(free.stream().map(OutboxStore.Due::entry).toList()) == null) {
      store.delete(tx, free.stream().map(due -> due.entry().id()).toList());
      return;
    }
    List<Long> done = new ArrayList<>();
    for (OutboxStore.Due due : free) {
      if (held.contains(due.entry().key())) {
        continue;
      }
      Exception failure = attempt(List.of(due.entry()));
      if (failure == null) {
        done.add(due.entry().id());
      } else {
        held.add(due.entry().key());
        failed(tx, due, failure);
      }
    }
    store.delete(tx, done);
  }

  private @Nullable Exception attempt(List<Outbox.Entry> entries) {
    try {
      for (Outbox.Subscriber subscriber : outbox.subscribers(entries.getFirst().topic())) {
        subscriber.deliver(entries);
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    } catch (Exception e) {
      return e;
    }
  }

  private void failed(Handle tx, OutboxStore.Due due, Exception failure) {
    Outbox.Entry entry = due.entry();
    int attempts = due.attempts() + 1;
    Instant now = clock.instant();
    if (attempts >= MOST_ATTEMPTS) {
      LOG.error(
          "outbox entry {} ({} {}) is given up", entry.id(), entry.topic(), entry.key(), failure);
      store.park(tx, entry.id(), failure.toString(), now);
      return;
    }
    LOG.warn(
        "outbox entry {} ({} {}) failed, try {}: {}",
        entry.id(),
        entry.topic(),
        entry.key(),
        attempts,
        failure.toString());
    store.retry(tx, entry.id(), failure.toString(), now.plus(pause(attempts)));
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  /** What waits, for the metrics. */
  public Backlog backlog() {
    return jdbi.withHandle(tx -> store.backlog(tx, clock.instant()));
  }
}
