package dev.nanoctl.server.search.text;

import java.util.List;

/**
 * What one word means to a search.
 *
 * @param form the folded word: equal for all spellings, different for inflections
 * @param stem what its inflections share
 * @param others stems it is also found by, with less weight
 * @param pieces the words it is made of
 */
public record Analysis(String form, String stem, List<String> others, List<Piece> pieces) {
  /** A word inside a compound: its stem, and where it stands in the compound. */
  public record Piece(String stem, int start, int end) {}
}
