package dev.nanoctl.server.search;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What is counted of searches. */
final class SearchMetrics {
  private final Counter queries;
  private final Histogram durations;
  private final Counter rebuilds;
  private final Counter drift;

  SearchMetrics(PrometheusRegistry registry, SearchIndex index) {
    queries =
        Counter.builder()
            .name("search_queries_total")
            .help("Searches that were not answered from the cache, by what they found.")
            .labelNames("outcome")
            .register(registry);
    durations =
        Histogram.builder()
            .name("search_duration_seconds")
            .help("Time the search engine took for a search.")
            .classicOnly()
            .classicUpperBounds(.0005, .001, .0025, .005, .01, .02, .05, .1, .25, .5, 1)
            .register(registry);
    rebuilds =
        Counter.builder()
            .name("search_rebuilds_total")
            .help("How often the index was written anew.")
            .register(registry);
    drift =
        Counter.builder()
            .name("search_drift_total")
            .help("Nanos whose entry in the index had to be mended by comparing.")
            .register(registry);
    GaugeWithCallback.builder()
        .name("search_index_documents")
        .help("Nanos that can be found.")
        .callback(value -> value.call(index.size()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("search_index_good")
        .help("1 while the index is complete as far as it can tell.")
        .callback(value -> value.call(index.condition().isComplete() ? 1 : 0))
        .register(registry);
  }

  void searched(boolean found, long nanos) {
    queries.labelValues(found ? "found" : "nothing").inc();
    durations.observe(nanos / 1e9);
  }

  void rebuilt() {
    rebuilds.inc();
  }

  void mended(int entries) {
    drift.inc(entries);
  }
}
