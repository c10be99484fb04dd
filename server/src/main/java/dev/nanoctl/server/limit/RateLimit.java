package dev.nanoctl.server.limit;

import java.time.Duration;

/** Counts calls against allowances. */
public interface RateLimit {
  /**
   * Takes one call from an allowance that refills evenly.
   *
   * @param key who calls what
   * @param calls how many calls
   * @param per in which time
   * @return zero when the call may go on, else how long to wait
   */
  Duration take(String key, int calls, Duration per);
}
