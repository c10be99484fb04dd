package dev.nanoctl.server.search.meili;

import dev.nanoctl.server.search.Facet;

/** The names of the fields of a document. */
final class MeiliFields {
  /** Changes with the fields below and with {@code settings.json}. */
  static final int SCHEMA = 1;

  static final String ID = "id";

  /** Another one each time a document is written. */
  static final String STAMP = "stamp";

  static final String REVISION = "revision";

  /** The document that tells about the index itself. */
  static final String STATE = "state";

  /** In the state: how many words were known when the index was written. */
  static final String WORDS_AT_BUILD = "words_at_build";

  /** Every stem, for finding. */
  static final String STEMS = "k";

  /** The stems that weigh as much as a tag or a few words of the description. */
  static final String STRONG = "k2";

  /** The stems that weigh as much as a word of the title. */
  static final String STRONGEST = "k3";

  /** Every word: its folded form, a blank, and how it is written, capitals marked. */
  static final String WORDS = "w";

  /** The folded words of title and tags. */
  static final String NAMES = "n";

  /** What every key weighs. */
  static final String WEIGHTS = "weights";

  /** How much all keys weigh together. */
  static final String LENGTH = "length";

  /** The words of the title, for ranking. */
  static final String TITLE_KEYS = "title_keys";

  /** The stems in reading order. */
  static final String ORDER = "order";

  static final String TITLE = "title";
  static final String DESCRIPTION = "description";
  static final String ITEM = "item";
  static final String TONGUE = "tongue";
  static final String MINUTES = "minutes";
  static final String PUBLISHED = "published";
  static final String RATING = "rating";
  static final String TITLE_ORDER = "title_order";

  private MeiliFields() {}

  /** The field of a facet; durations are counted by ranges. */
  static String of(Facet facet) {
    return facet.key();
  }
}
