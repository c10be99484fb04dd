package dev.nanoctl.backup.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.LogPosition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {
  private static final LogPosition FROM = new LogPosition(16 << 20);
  private static final int MESSAGE = 128 << 10;

  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicLong farthest = new AtomicLong();
  private Instant now = Instant.EPOCH;

  /** Takes the first piece for ever, until it is opened, and every other one at once. */
  private final class Stuck extends ForwardingLogStore {
    Stuck() {
      super(new MemoryLogStore());
    }

    @Override
    public void put(LogRange range, ByteBuffer log) throws java.io.IOException {
      farthest.accumulateAndGet(range.end().value(), Math::max);
      if (range.start().equals(FROM)) {
        try {
          open.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new java.io.InterruptedIOException();
        }
      }
      super.put(range, log);
    }
  }

  private static ShipperSettings settings(int chunk) {
    return new ShipperSettings(new UUID(1, 1), "slot", chunk, Duration.ofSeconds(2), 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {64 << 10, 100_000, 1 << 20})
  void nothingIsSentFartherFromWhatIsDurableThanWhoeverGoesOnLooksBack(int chunk) throws Exception {
    ShipperSettings settings = settings(chunk);
    try (var uploads = new Uploads(new Stuck(), settings, 1, FROM, () -> now)) {
      for (int i = 0; i < 200; i++) {
        if (uploads.hasRoom()) {
          uploads.add(ByteBuffer.allocate(i % 3 == 0 ? 8192 : MESSAGE));
        }
        now = now.plusSeconds(i % 5);
        uploads.tick();
      }
      assertThat(uploads.hasRoom()).isFalse();
      assertThat(uploads.durable()).isEqualTo(FROM);
      open.countDown();
      uploads.finish();
      long sent = farthest.get() - FROM.value();
      assertThat(sent).isLessThanOrEqualTo(settings.underway()).isGreaterThan(MESSAGE / 2);
      assertThat(uploads.durable().value()).isEqualTo(farthest.get());
      assertThat(uploads.hasRoom()).isTrue();
    }
  }

  @Test
  void whatIsOnItsWayIsLessThanWhoeverGoesOnLooksBack() {
    for (int chunk : new int[] {1, 64 << 10, 1 << 20}) {
      assertThat(settings(chunk).back()).isGreaterThan(settings(chunk).underway());
    }
  }
}
