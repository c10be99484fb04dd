package dev.nanoctl.backup.repo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BandwidthTest {
  private final AtomicLong now = new AtomicLong();

  private Bandwidth limit(long rate) {
    return new Bandwidth(rate, now::get, time -> now.addAndGet(time.toNanos()));
  }

  @Test
  void tenMegabytesAtOneASecondTakeTenSeconds() throws InterruptedIOException {
    Bandwidth limit = limit(1_000_000);
    for (int sent = 0; sent < 10_000_000; sent += 50_000) {
      limit.take(50_000);
    }
    assertThat(now.get() / 1e9).isBetween(9.7, 10.0);
  }

  @Test
  void anIdleLineSavesUpAQuarterOfASecondAtMost() throws InterruptedIOException {
    Bandwidth limit = limit(1_000_000);
    now.addAndGet(3_600_000_000_000L);
    long start = now.get();
    limit.take(1_000_000);
    assertThat((now.get() - start) / 1e9).isBetween(0.74, 0.76);
  }
}
