package dev.nanoctl.server.search;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An index of the published nanos. It holds copies only: whatever it loses can be written again
 * from the database.
 *
 * <p>Changes become visible to searches within {@link #VISIBLE_WITHIN_MILLIS} and are on disk soon
 * after; {@link #flush} waits for both. All methods may be called by many threads.
 */
public interface SearchIndex extends AutoCloseable {
  /** The longest a change stays unseen by searches, in milliseconds. */
  int VISIBLE_WITHIN_MILLIS = 1_000;

  /** Puts an entry in the place of the one with its id, if there is one. */
  void put(SearchEntry entry);

  /** Takes an entry out; does nothing when there is none. */
  void delete(UUID id);

  /** Makes every change so far visible and durable. */
  void flush();

  /** Finds entries. Words of any kind are taken; what cannot be understood finds nothing. */
  SearchResult search(SearchQuery query);

  /**
   * Titles and tags that begin like what was typed, typing errors forgiven, the likeliest first.
   */
  List<String> suggest(String typed, int limit);

  /** Grows with every visible change and never repeats, so that it can stand in a cache key. */
  long generation();

  /** Has this called after every change of the generation. */
  void whenChanged(Runnable listener);

  /** How many entries are visible; as of about now where another process keeps them. */
  int size();

  /** Every visible entry's id and revision, to compare with the database. */
  Map<UUID, Long> revisions();

  /** Whether the index should be written anew from the database, and why. */
  Condition condition();

  /** Begins a new index beside this one, which goes on answering until the new one replaces it. */
  Rebuild rebuild();

  @Override
  void close();

  /** What state an index is in. */
  enum Condition {
    /** Complete as far as it can tell. */
    GOOD,
    /** It was missing, damaged or of another schema, and has been begun anew. */
    EMPTIED,
    /** The server that holds it does not answer, or not to us. */
    UNREACHABLE,
    /** It has grown so much that its first entries were analysed with far fewer known words. */
    OUTGROWN;

    /** Whether searches find everything there is. */
    public boolean isComplete() {
      return this == GOOD || this == OUTGROWN;
    }
  }

  /** A new index being written. Closing it without {@link #finish} leaves the old one in place. */
  interface Rebuild extends AutoCloseable {
    /** Tells the words of an entry first, so that compounds are known from the first one on. */
    void learn(SearchEntry entry);

    /** Writes an entry. */
    void put(SearchEntry entry);

    /** Puts the new index in the place of the old one; changes made meanwhile are kept. */
    void finish();

    @Override
    void close();
  }
}
