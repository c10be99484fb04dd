package dev.nanoctl.server.search;

import java.util.List;

/** Searching, for everyone: the index holds published nanos only. */
public final class Searches {
  private static final int SUGGESTIONS = 8;

  private final SearchIndex index;
  private final SearchMetrics metrics;

  Searches(SearchIndex index, SearchMetrics metrics) {
    this.index = index;
    this.metrics = metrics;
  }

  /** One page of what a query finds. */
  public SearchResult search(SearchQuery query) {
    long begin = System.nanoTime();
    SearchResult result = index.search(query);
    if (!query.text().isBlank()) {
      metrics.searched(result.total() > 0, System.nanoTime() - begin);
    }
    return result;
  }

  /** What someone who typed this may want to search for. */
  public List<String> suggest(String typed) {
    return index.suggest(typed, SUGGESTIONS);
  }
}
