package dev.nanoctl.server.search.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One word of a query, with everything it may be found by.
 *
 * @param word where it stands in the query
 * @param forms its folded spellings, for exact matches
 * @param stems the stems that stand for it, with a weight up to 1
 * @param pieces the stems of the words it is made of; a text that holds all of them side by side
 *     holds it
 * @param role how it takes part
 * @param correction a known word it was taken for, or null
 */
public record QueryTerm(
    Word word,
    Set<String> forms,
    Map<String, Float> stems,
    List<String> pieces,
    Role role,
    @Nullable String correction) {

  /** How a word takes part in a query. */
  public enum Role {
    /** A hit should have it. */
    WANTED,
    /** It says little; a hit with it is a little better. */
    STOP
  }
}
