package dev.nanoctl.core;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes UUID version 7: 48 bits of Unix milliseconds, then 74 random bits (RFC 9562, section 5.7),
 * so that keys made later sort later.
 */
public final class Ids implements Supplier<UUID> {
  private final InstantSource clock;
  private final SecureRandom random;

  /** Ids whose time part is read from the given clock. */
  public Ids(InstantSource clock) {
    this.clock = clock;
    this.random = new SecureRandom();
  }

  @Override
  public UUID get() {
    long high = (clock.millis() << 16) | 0x7000L | (random.nextInt() & 0x0FFFL);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
