package dev.nanoctl.backup.repo;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps transfers below a rate, shared by all threads that use it. Up to a quarter of a second's
 * worth may go at once.
 */
public final class Bandwidth {
  /** No limit. */
  public static final Bandwidth UNLIMITED = new Bandwidth(Long.MAX_VALUE);

  /** How many bytes to ask for at once. */
  public static final int STEP = 1 << 16;

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  private static final long SECOND = 1_000_000_000L;

  private final long bytesPerSecond;
  private final LongSupplier nanos;
  private final Pause pause;
  private long free;

  /** A limit in bytes a second, at least 1. */
  public Bandwidth(long bytesPerSecond) {
    this(bytesPerSecond, System::nanoTime, Thread::sleep);
  }

  Bandwidth(long bytesPerSecond, LongSupplier nanos, Pause pause) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("no rate: " + bytesPerSecond);
    }
    this.bytesPerSecond = bytesPerSecond;
    this.nanos = nanos;
    this.pause = pause;
    this.free = nanos.getAsLong() - SECOND / 4;
  }

  /** Waits until so many bytes may go. */
  public void take(int bytes) throws InterruptedIOException {
    if (bytesPerSecond == Long.MAX_VALUE) {
      return;
    }
    long wait = reserve(bytes);
    if (wait <= 0) {
      return;
    }
    try {
      pause.take(Duration.ofNanos(wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while keeping to the bandwidth");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private synchronized long reserve(int bytes) {
    long now = nanos.getAsLong();
    free = Math.max(free, now - SECOND / 4);
    free += (long) ((double) bytes / bytesPerSecond * SECOND);
    return free - now;
  }
}
