package dev.nanoctl.server.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The real clock, moved on by as much as a test asks for. */
public final class OffsetClock implements InstantSource {
  private volatile Duration offset = Duration.ZERO;

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(offset);
  }

  /** Moves on. */
  public void advance(Duration time) {
    offset = offset.plus(time);
  }
}
