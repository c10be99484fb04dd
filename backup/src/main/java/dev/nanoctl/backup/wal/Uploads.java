package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.LogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Log of one timeline on its way to the store: gathered into objects, kept in parallel, tried again
 * while the store fails. One thread adds; memory is bounded by refusing to take more. Nothing is
 * ever sent that ends more than {@link ShipperSettings#underway} after what is durable: whoever
 * goes on after a crash relies on that.
 */
final class Uploads implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** What the server sends at once, at most: 16 pages of log. */
  private static final int MESSAGE = 128 << 10;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final LogStore store;
  private final ShipperSettings settings;
  private final int timeline;
  private final InstantSource clock;
  private final LogTracker tracker;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ByteBuffer gathered;
  private Instant since;
  private Optional<RuntimeException> fatal = Optional.empty();
  private int failures;
  private String lastFailure = "";

  Uploads(
      LogStore store,
      ShipperSettings settings,
      int timeline,
      LogPosition from,
      InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.timeline = timeline;
    this.clock = clock;
    this.tracker = new LogTracker(from);
    this.gathered = ByteBuffer.allocate(settings.chunk());
    this.since = clock.instant();
  }

  /** Whether more may be added. */
  boolean hasRoom() {
    return locked(this::fits);
  }

  private boolean fits() {
    int message = (int) Math.min(MESSAGE, settings.underway() / 2);
    return tracker.underway() < settings.parallel() && fits(gathered.position() + message);
  }

  private boolean fits(int more) {
    long end = tracker.sent().value() + more;
    return end - tracker.durable().value() <= settings.underway();
  }

  /** Waits until more may be added, or for that time. */
  void awaitRoom(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !fits()) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds log that follows what was added before. */
  void add(ByteBuffer bytes) throws InterruptedException {
    while (bytes.hasRemaining()) {
      if (gathered.position() == 0) {
        since = clock.instant();
      }
      int count = Math.min(bytes.remaining(), gathered.remaining());
      gathered.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      if (!gathered.hasRemaining()) {
        send();
      }
    }
  }

  /** Sends what waited long enough, and reports what cannot be mended by trying again. */
  void tick() throws InterruptedException {
    RuntimeException stop = locked(() -> fatal).orElse(null);
    if (stop != null) {
      throw stop;
    }
    if (gathered.position() > 0
        && locked(() -> tracker.underway() < settings.parallel())
        && Duration.between(since, clock.instant()).compareTo(settings.delay()) >= 0) {
      send();
    }
  }

  /** Sends the rest and waits until all of it is durable. */
  void finish() throws InterruptedException {
    if (gathered.position() > 0) {
      send();
    }
    lock.lockInterruptibly();
    try {
      while (tracker.underway() > 0 && fatal.isEmpty()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    tick();
  }

  /** The end of what is durable without a hole. */
  LogPosition durable() {
    return locked(tracker::durable);
  }

  int failures() {
    return locked(() -> failures);
  }

  String lastFailure() {
    return locked(() -> lastFailure);
  }

  private void send() throws InterruptedException {
    byte[] bytes = new byte[gathered.position()];
    gathered.flip().get(bytes);
    gathered.clear();
    lock.lockInterruptibly();
    try {
      while (!fits(bytes.length)) {
        changed.await(); // only where a message is larger than what was kept free for it
      }
      LogPosition start = tracker.sent();
      var end = new LogPosition(start.value() + bytes.length);
      var range = new LogRange(settings.lineage(), timeline, start, end);
      tracker.sent(range);
      threads.execute(() -> keep(range, bytes));
    } finally {
      lock.unlock();
    }
  }

  private void keep(LogRange range, byte[] bytes) {
    Duration pause = FIRST_PAUSE;
    try {
      while (!attempt(range, bytes)) {
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      update(() -> fatal = Optional.of(e));
    }
  }

  private boolean attempt(LogRange range, byte[] bytes) {
    try {
      store.put(range, ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      update(() -> {
        failures++;
        lastFailure = String.valueOf(e.getMessage());
      });
      return false;
    }
    update(() -> {
      tracker.arrived(range);
      failures = 0;
      lastFailure = "";
    });
    return true;
  }

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(java.util.function.Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what is not durable yet; the server still has it. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the store does not end when interrupted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
