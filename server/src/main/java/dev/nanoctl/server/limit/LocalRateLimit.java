package dev.nanoctl.server.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;

/** Allowances counted in this process: enough when there is one. */
public final class LocalRateLimit implements RateLimit {
  private static final int MOST_CALLERS = 100_000;

  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /** Allowances that refill by the given clock. */
  public LocalRateLimit(InstantSource clock) {
    this.time = new Meter(clock);
    // no allowance spans more than an hour; an untouched bucket is full again by then
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(Duration.ofHours(1))
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Duration take(String key, int calls, Duration per) {
    Bucket bucket = buckets.get(key, _ -> bucket(calls, per));
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
  }

  private Bucket bucket(int calls, Duration per) {
    return Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(calls).refillGreedy(calls, per).build())
        .withCustomTimePrecision(time)
        .build();
  }

  private record Meter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return clock.millis() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
