package dev.nanoctl.server.search;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of hits.
 *
 * @param total how many hits there are on all pages
 * @param facets how many hits every value would leave; a facet's own choice does not narrow its
 *     counts
 * @param correctedQuery what was probably meant, or null
 */
public record SearchResult(
    List<Hit> hits, long total, Map<Facet, List<Count>> facets, @Nullable String correctedQuery) {
  public SearchResult {
    hits = List.copyOf(hits);
    facets = Map.copyOf(facets);
  }

  /**
   * A nano found.
   *
   * @param item the list item as JSON text
   * @param title the title as HTML text with {@code <mark>} around what was looked for
   * @param description the description, marked likewise
   */
  public record Hit(UUID id, String item, String title, String description) {}

  /** How many hits have a value. */
  public record Count(String value, int count) {}
}
