package dev.nanoctl.server.search.text;

/**
 * What is known about the words of a corpus: which stems occur, so that compounds can be told from
 * simple words. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface Lexicon {
  /** A lexicon that knows nothing but the words the product brings along. */
  Lexicon EMPTY = _ -> 0;

  /** In about how many documents words of this stem occur on their own; 0 if in none. */
  int count(String stem);
}
