package dev.nanoctl.server.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to move. */
public final class FakeClock implements InstantSource {
  private volatile Instant now;

  /** Stands at the given time. */
  public FakeClock(Instant now) {
    this.now = now;
  }

  /** Stands at a morning in November 2026. */
  public static FakeClock morning() {
    return new FakeClock(Instant.parse("2026-11-21T08:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves on. */
  public void advance(Duration time) {
    now = now.plus(time);
  }
}
