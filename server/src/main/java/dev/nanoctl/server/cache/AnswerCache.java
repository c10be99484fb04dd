package dev.nanoctl.server.cache;

import java.util.Collection;
import java.util.Optional;

/**
 * Keeps rendered answers until something they show changes.
 *
 * <p>A reader takes {@link #now()} before it reads the database and hands it to {@link #keep}: an
 * answer is only used while none of its topics has changed since then.
 */
public interface AnswerCache {
  /** The moment, counted in changes. */
  long now();

  /** A kept answer that is still true. */
  Optional<CachedAnswer> find(String key);

  /** Keeps an answer that was made from what the database held at {@code since} or later. */
  void keep(String key, CachedAnswer answer, Collection<String> topics, long since);

  /** Makes every answer that shows this topic untrue. */
  void changed(String topic);

  /** Makes every answer untrue: changes may have been missed. */
  void changedAll();
}
