package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.Facet;
import dev.nanoctl.server.search.SearchQuery.Filters;
import dev.nanoctl.server.search.SearchResult.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides for every document that matches the words whether it passes the filters, and counts the
 * values it would add to each facet. A document that fails one facet only still counts for that
 * facet, so that a reader sees what another choice would bring.
 */
final class FacetCounting {
  private static final Facet[] FACETS = Facet.values();
  private static final int DURATION = Arrays.asList(FACETS).indexOf(Facet.DURATION);
  private static final int[] LONGEST = {5, 15, 30, 60, Integer.MAX_VALUE};
  private static final List<String> RANGES = List.of("1-5", "6-15", "16-30", "31-60", "61-");

  private final Map<Facet, FacetValues> numbering;
  private final Filters filters;
  private final int[][] counts = new int[FACETS.length][];
  private final boolean[] @Nullable [] allowed = new boolean[FACETS.length][];
  private final boolean filtered;
  private int matched;

  FacetCounting(Map<Facet, FacetValues> numbering, Filters filters) {
    this.numbering = numbering;
    this.filters = filters;
    boolean any = filters.minMinutes() > 0 || filters.maxMinutes() < Integer.MAX_VALUE;
    for (int i = 0; i < FACETS.length; i++) {
      FacetValues values = numbering.get(FACETS[i]);
      counts[i] = new int[values == null ? RANGES.size() : values.size()];
      Set<String> chosen = filters.values().get(FACETS[i]);
      if (chosen != null && values != null) {
        allowed[i] = allowed(values, chosen);
        any = true;
      }
    }
    this.filtered = any;
  }

  private static boolean[] allowed(FacetValues values, Set<String> chosen) {
    boolean[] allowed = new boolean[values.size()];
    for (int i = 0; i < allowed.length; i++) {
      allowed[i] = chosen.contains(values.name(i));
    }
    return allowed;
  }

  /** How many documents matched the words, filters aside. */
  int matched() {
    return matched;
  }

  /** Counts a document; whether it is a hit. */
  boolean take(Columns columns, int document) {
    matched++;
    int failed = filtered ? failures(columns, document) : 0;
    if (failed == 0) {
      for (int i = 0; i < FACETS.length; i++) {
        count(columns, i, document);
      }
      return true;
    }
    if ((failed & (failed - 1)) == 0) {
      count(columns, Integer.numberOfTrailingZeros(failed), document);
    }
    return false;
  }

  private int failures(Columns columns, int document) {
    int failed = 0;
    for (int i = 0; i < FACETS.length; i++) {
      boolean[] choice = allowed[i];
      if (choice != null && !passes(columns.facet(FACETS[i]), document, choice)) {
        failed |= 1 << i;
      }
    }
    int minutes = columns.minutes(document);
    if (minutes < filters.minMinutes() || minutes > filters.maxMinutes()) {
      failed |= 1 << DURATION;
    }
    return failed;
  }

  private static boolean passes(Columns.Column column, int document, boolean[] choice) {
    for (int i = column.start(document); i < column.start(document + 1); i++) {
      int value = column.value(i);
      if (value < choice.length && choice[value]) {
        return true;
      }
    }
    return false;
  }

  private void count(Columns columns, int facet, int document) {
    int[] tally = counts[facet];
    if (facet == DURATION) {
      tally[range(columns.minutes(document))]++;
      return;
    }
    Columns.Column column = columns.facet(FACETS[facet]);
    for (int i = column.start(document); i < column.start(document + 1); i++) {
      int value = column.value(i);
      if (value < tally.length) {
        tally[value]++;
      }
    }
  }

  private static int range(int minutes) {
    int range = 0;
    while (minutes > LONGEST[range]) {
      range++;
    }
    return range;
  }

  /** The counts, the most frequent value first; levels and durations in their own order. */
  Map<Facet, List<Count>> counts() {
    Map<Facet, List<Count>> all = new EnumMap<>(Facet.class);
    for (int i = 0; i < FACETS.length; i++) {
      all.put(FACETS[i], counts(FACETS[i], counts[i]));
    }
    return all;
  }

  private List<Count> counts(Facet facet, int[] tally) {
    FacetValues values = numbering.get(facet);
    List<Count> list = new ArrayList<>(tally.length);
    for (int i = 0; i < tally.length; i++) {
      if (tally[i] > 0) {
        list.add(new Count(values == null ? RANGES.get(i) : values.name(i), tally[i]));
      }
    }
    if (facet == Facet.LEVEL) {
      list.sort(Comparator.comparing(Count::value));
    } else if (facet != Facet.DURATION) {
      list.sort(Comparator.comparingInt(Count::count).reversed().thenComparing(Count::value));
    }
    return list;
  }
}
