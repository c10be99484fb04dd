package dev.nanoctl.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts what became of the requests of one kind. */
public final class Tally {
  /** What takes longer is noticed by people. */
  public static final Duration SLOW = Duration.ofMillis(500);

  private static final int KEPT = 20;

  private final List<String> failures = new ArrayList<>();
  private long all;
  private long failed;
  private long slow;
  private Duration slowest = Duration.ZERO;

  synchronized void well(Duration took) {
    all++;
    if (took.compareTo(SLOW) > 0) {
      slow++;
    }
    if (took.compareTo(slowest) > 0) {
      slowest = took;
    }
  }

  synchronized void failed(Ask ask, String why, Duration took) {
    well(took);
    failed++;
    if (failures.size() < KEPT) {
      failures.add("%s %s %s: %s".formatted(Instant.now(), ask.method(), ask.path(), why));
    }
  }

  /** How many requests were sent. */
  public synchronized long all() {
    return all;
  }

  /** How many were not answered, or not as they should be. */
  public synchronized long failed() {
    return failed;
  }

  /** How many took longer than {@link #SLOW}. */
  public synchronized long slow() {
    return slow;
  }

  /** How long the slowest took. */
  public synchronized Duration slowest() {
    return slowest;
  }

  /** The first failures, each with its time, request and reason. */
  public synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public synchronized String toString() {
    return "%d requests, %d failed, %d slow, slowest %d ms"
        .formatted(all, failed, slow, slowest.toMillis());
  }
}
