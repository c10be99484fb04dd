package dev.nanoctl.bench.search;

import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.SearchQuery;
import dev.nanoctl.server.search.SearchQuery.Filters;
import dev.nanoctl.server.search.SearchResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asks an index and judges its answers. */
final class GateRun {
  private static final int FIRST_PAGE = 10;
  private static final int TOLD_EVERY = 10_000;

  private GateRun() {}

  /** How one class of queries went. */
  record Score(int queries, double recall, double rank, List<String> missed) {}

  /**
   * How long queries took, in milliseconds, and what one cost in processor time: the first suffers
   * when other programs run, the second hardly does.
   */
  record Times(double p50, double p95, double p99, double processorMillis) {}

  /** Hears now and then how far a long piece of work is. */
  @FunctionalInterface
  interface Progress {
    void at(String what, int done, int of);
  }

  static void fill(SearchIndex index, List<Guide> guides, int count, Progress progress) {
    try (SearchIndex.Rebuild rebuild = index.rebuild()) {
      for (int i = 0; i < count; i++) {
        tell(progress, "read", i, count);
        rebuild.learn(Entries.of(Entries.endless(guides, i), i));
      }
      for (int i = 0; i < count; i++) {
        tell(progress, "indexed", i, count);
        rebuild.put(Entries.of(Entries.endless(guides, i), i));
      }
      progress.at("indexed", count, count);
      rebuild.finish();
    }
  }

  private static void tell(Progress progress, String what, int done, int of) {
    if (done > 0 && done % TOLD_EVERY == 0) {
      progress.at(what, done, of);
    }
  }

  static SearchResult ask(SearchIndex index, String text) {
    return index.search(
        new SearchQuery(text, Filters.NONE, SearchQuery.Sort.RELEVANCE, 1, FIRST_PAGE));
  }

  static Map<GateClass, Score> judge(SearchIndex index, List<GateQuery> queries) {
    Map<GateClass, List<GateQuery>> classes = new EnumMap<>(GateClass.class);
    queries.forEach(one -> classes.computeIfAbsent(one.kind(), _ -> new ArrayList<>()).add(one));
    Map<GateClass, Score> scores = new EnumMap<>(GateClass.class);
    classes.forEach((kind, some) -> scores.put(kind, score(index, some)));
    return scores;
  }

  private static Score score(SearchIndex index, List<GateQuery> queries) {
    double ranks = 0;
    List<String> missed = new ArrayList<>();
    int found = 0;
    for (GateQuery query : queries) {
      int rank = rank(ask(index, query.text()), query);
      if (rank > 0) {
        found++;
        ranks += 1.0 / rank;
      }
      if (rank != 1) {
        missed.add(rank + " " + query.text() + " → " + query.expected());
      }
    }
    double size = queries.size();
    return new Score(queries.size(), found / size, ranks / size, missed);
  }

  private static int rank(SearchResult result, GateQuery query) {
    for (int i = 0; i < result.hits().size(); i++) {
      if (query.expected().contains(Entries.number(result.hits().get(i).id()))) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Asks everything twice to warm up, then once more by the clock, one query at a time. */
  static Times time(SearchIndex index, List<GateQuery> queries) {
    return time(queries, query -> ask(index, query.text()));
  }

  /** The same for suggestions, of what has been typed after two thirds of a query. */
  static Times timeSuggestions(SearchIndex index, List<GateQuery> queries) {
    return time(
        queries,
        query -> index.suggest(query.text().substring(0, 1 + query.text().length() * 2 / 3), 8));
  }

  private static Times time(List<GateQuery> queries, Consumer<GateQuery> question) {
    queries.forEach(question);
    queries.forEach(question);
    long[] nanos = new long[queries.size()];
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long processor = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < nanos.length; i++) {
      long begin = System.nanoTime();
      question.accept(queries.get(i));
      nanos[i] = System.nanoTime() - begin;
    }
    double each = (threads.getCurrentThreadCpuTime() - processor) / 1e6 / nanos.length;
    Arrays.sort(nanos);
    return new Times(percentile(nanos, .50), percentile(nanos, .95), percentile(nanos, .99), each);
  }

  private static double percentile(long[] sorted, double part) {
    return sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))] / 1e6;
  }
}
