package dev.nanoctl.server.search;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What someone looks for.
 *
 * @param text the words; empty to list everything
 * @param page from 1 on
 */
public record SearchQuery(String text, Filters filters, Sort sort, int page, int limit) {

  /** The order of hits. Without words, relevance means newest. */
  public enum Sort {
    RELEVANCE,
    NEWEST,
    BEST,
    TITLE,
    SHORTEST
  }

  /**
   * What hits must be like: one of the values of every facet that is named, and of a duration
   * within both bounds.
   */
  public record Filters(Map<Facet, Set<String>> values, int minMinutes, int maxMinutes) {
    /** Lets everything pass. */
    public static final Filters NONE = new Filters(Map.of(), 0, Integer.MAX_VALUE);

    public Filters {
      Map<Facet, Set<String>> copy = new EnumMap<>(Facet.class);
      values.forEach((facet, chosen) -> {
        if (!chosen.isEmpty()) {
          copy.put(facet, Set.copyOf(chosen));
        }
      });
      values = Map.copyOf(copy);
    }
  }

  /** How many hits stand before the page. */
  public int offset() {
    return (page - 1) * limit;
  }
}
