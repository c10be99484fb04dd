package dev.nanoctl.server.limit;

import dev.nanoctl.server.testing.FakeClock;
import java.time.Duration;

final class LocalRateLimitTest extends RateLimitContract {
  private final FakeClock clock = FakeClock.morning();
  private final LocalRateLimit limit = new LocalRateLimit(clock);

  @Override
  RateLimit limit() {
    return limit;
  }

  @Override
  void pass(Duration time) {
    clock.advance(time);
  }
}
