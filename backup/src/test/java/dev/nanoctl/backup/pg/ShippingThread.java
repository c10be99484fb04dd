package dev.nanoctl.backup.pg;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wal.Resumption;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Runs a shipper beside a test, and ends it as suddenly as a kill would. */
public final class ShippingThread implements AutoCloseable {
  private final LogShipper shipper;
  private final Thread thread;
  private final AtomicReference<Optional<Exception>> failure =
      new AtomicReference<>(Optional.empty());

  /** Starts it. */
  public ShippingThread(LogShipper shipper, Optional<Resumption.Archived> archived) {
    this.shipper = shipper;
    this.thread =
        Thread.ofPlatform()
            .name("shipper")
            .start(() -> {
              try {
                shipper.run(archived);
              } catch (IOException | InterruptedException | RuntimeException e) {
                failure.set(Optional.of(e));
              }
            });
  }

  /** What it runs. */
  public LogShipper shipper() {
    return shipper;
  }

  /** Waits until log flows. */
  public void awaitFlow() throws Exception {
    awaitDurable(new LogPosition(0));
  }

  /** Waits until log is durable up to a position. */
  public void awaitDurable(LogPosition end) throws Exception {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!shipper.status().map(s -> s.durable().compareTo(end) >= 0).orElse(false)) {
      if (!thread.isAlive() || System.nanoTime() > limit) {
        throw new IOException(
            "not durable at %s: %s".formatted(end, shipper.status()), failure.get().orElse(null));
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    while (thread.isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
