package dev.nanoctl.server.cache;

import java.util.Optional;

/** Answers that the servers of a site keep for each other. */
interface SharedAnswers {
  /**
   * An answer as another server has made it.
   *
   * @param shown the slots of its topics
   * @param since the position in the log up to which its maker had heard
   */
  @SuppressWarnings("ArrayRecordComponent") // looked through, never compared
  record Found(CachedAnswer answer, int[] shown, long since) {}

  /**
   * What is kept.
   *
   * @param log the log by whose positions it must be told whether it is true
   */
  Optional<Found> find(String log, String key);

  /** Keeps it; returns at once. */
  void keep(String log, String key, Found answer);
}
