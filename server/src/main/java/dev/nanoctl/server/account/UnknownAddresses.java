package dev.nanoctl.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Locks addresses that have no account just as accounts are locked, so that the lock does not tell
 * which addresses have one.
 */
final class UnknownAddresses {
  private record Tries(int failures, @Nullable Instant lockedUntil) {}

  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Cache<String, Tries> tries =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(SignIns.LOCK).build();

  UnknownAddresses(InstantSource clock) {
    this.clock = clock;
  }

  void failed(String address) {
    tries
        .asMap()
        .compute(
            address,
            (_, before) -> {
              boolean expired =
                  before != null
                      && before.lockedUntil() != null
                      && !before.lockedUntil().isAfter(clock.instant());
              int failures = before == null || expired ? 1 : before.failures() + 1;
              return new Tries(
                  failures,
                  failures >= SignIns.MOST_FAILURES ? clock.instant().plus(SignIns.LOCK) : null);
            });
  }

  @Nullable Instant lockedUntil(String address) {
    Tries known = tries.getIfPresent(address);
    return known == null ? null : known.lockedUntil();
  }
}
