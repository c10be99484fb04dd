package dev.nanoctl.server.main;

import dev.nanoctl.server.media.store.ObjectStoreProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How the store of packages is. One answer asks several times, and each look writes a file, or goes
 * over the network: what was seen is good for that one answer, and no longer.
 */
final class ObjectsLook {
  private static final long FRESH = Duration.ofMillis(50).toNanos();

  private final Supplier<Optional<ObjectStoreProblem>> look;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Seen> last = Optional.empty();

  private record Seen(long at, Optional<ObjectStoreProblem> lack) {}

  /**
   * Looks at a store.
   *
   * @param look what it lacks now; empty if it gives and takes
   * @param nanos a clock that goes on evenly
   */
  ObjectsLook(Supplier<Optional<ObjectStoreProblem>> look, LongSupplier nanos) {
    this.look = look;
    this.nanos = nanos;
  }

  /** What it lacks. */
  Optional<ObjectStoreProblem> lack() {
    lock.lock();
    try {
      Optional<Seen> fresh = last.filter(seen -> nanos.getAsLong() - seen.at() < FRESH);
      if (fresh.isEmpty()) {
        Optional<ObjectStoreProblem> lack = look.get();
        last = Optional.of(new Seen(nanos.getAsLong(), lack));
        return lack;
      }
      return fresh.get().lack();
    } finally {
      lock.unlock();
    }
  }
}
