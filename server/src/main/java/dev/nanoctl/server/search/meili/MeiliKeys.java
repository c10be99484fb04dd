package dev.nanoctl.server.search.meili;

import java.util.List;

/**
 * The keys that the server may have been started with: one, or two while its key is being changed.
 * The older one is used until it is refused, and both are known until the newer one was taken.
 *
 * @param <T> what asks with a key
 */
final class MeiliKeys<T> {
  private final T newest;

  /** The one in use first. */
  private volatile List<T> ways;

  /** The ways to ask, the one with the newest key first; at least one. */
  MeiliKeys(List<T> newestFirst) {
    newest = newestFirst.getFirst();
    ways = List.copyOf(newestFirst.reversed());
  }

  /** The way to ask now. */
  T current() {
    return ways.getFirst();
  }

  /** Whether a failure of that way may be nothing but the change of the key. */
  boolean explains(T way) {
    return ways.size() > 1 || !current().equals(way);
  }

  /** The server took that key. */
  synchronized void taken(T way) {
    if (way.equals(newest) && ways.size() > 1) {
      ways = List.of(newest);
    }
  }

  /** The server refused that key; the next request tries another. */
  synchronized void refused(T way) {
    if (current().equals(way) && ways.size() > 1) {
      ways = List.of(ways.getLast(), ways.getFirst());
    }
  }
}
