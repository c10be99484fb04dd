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
  /**
   * A moment.
   *
   * @param here counted in changes this process knows of
   * @param shared the position in the site's log of changes up to which this process has heard; 0
   *     where there is none
   */
  record Moment(long here, long shared) {
    /** Before everything. */
    public static final Moment FIRST = new Moment(0, 0);
  }

  /** This moment. */
  Moment now();

  /** A kept answer that is still true. */
  Optional<CachedAnswer> find(String key);

  /** Keeps an answer that was made from what the database held at {@code since} or later. */
  void keep(String key, CachedAnswer answer, Collection<String> topics, Moment since);

  /** Makes every answer that shows this topic untrue. */
  void changed(String topic);

  /**
   * Makes every answer of this process untrue: changes may have been missed. What others keep is
   * told by the log alone.
   */
  void changedAll();

  /** Uses nothing that is kept until {@link #resume()}: changes of others are not heard of. */
  void suspend();

  /** Goes on after {@link #suspend()}. */
  void resume();
}
