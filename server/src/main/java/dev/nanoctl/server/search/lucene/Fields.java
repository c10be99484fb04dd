package dev.nanoctl.server.search.lucene;

/** The names of the fields of an index, and the marks that tell kinds of keys apart in one. */
final class Fields {
  /** Changes with the fields below; an index of another schema is written anew. */
  static final int SCHEMA = 2;

  /** The id, for replacing and deleting. */
  static final String ID = "id";

  /** Every key of every text, weighted by where it stands. */
  static final String KEYS = "k";

  /** The stems in reading order, for words that stand side by side. */
  static final String ORDER = "o";

  /** Every word: its folded form, a blank, and how it is written. */
  static final String WORDS = "w";

  /** The folded words of title and tags, for suggestions. */
  static final String NAMES = "n";

  /** What a title is made of, for ranking the best hits finely. */
  static final String TITLE_KEYS = "tk";

  /** The hit as it is rendered. */
  static final String HIT = "hit";

  static final String CATEGORY = "category";
  static final String LEVEL = "level";
  static final String LANGUAGE = "language";
  static final String FORMAT = "format";
  static final String LICENCE = "licence";
  static final String MINUTES = "minutes";
  static final String PUBLISHED = "published";
  static final String RATING = "rating";
  static final String TITLE_ORDER = "title";
  static final String AGE_ORDER = "age";
  static final String REVISION = "revision";

  private Fields() {}
}
