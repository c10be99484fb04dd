package dev.nanoctl.server.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts requests for {@code /metrics}. */
final class Traffic {
  private final Counter requests;
  private final Histogram durations;
  private final Counter cache;

  Traffic(PrometheusRegistry registry, InFlight inFlight) {
    requests =
        Counter.builder()
            .name("http_requests_total")
            .help("Answered requests.")
            .labelNames("method", "status")
            .register(registry);
    durations =
        Histogram.builder()
            .name("http_request_duration_seconds")
            .help("Time from the first byte read to the last byte written.")
            .classicOnly()
            .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
            .labelNames("method", "route")
            .register(registry);
    cache =
        Counter.builder()
            .name("http_answer_cache_total")
            .help("Cacheable requests by outcome.")
            .labelNames("outcome")
            .register(registry);
    GaugeWithCallback.builder()
        .name("http_requests_in_flight")
        .help("Requests being answered.")
        .callback(value -> value.call((double) inFlight.count()))
        .register(registry);
  }

  void answered(Exchange exchange, long nanos) {
    String method = known(exchange.method);
    requests.labelValues(method, Integer.toString(exchange.status)).inc();
    durations.labelValues(method, exchange.route).observe(nanos / 1e9);
  }

  void cache(boolean hit) {
    cache.labelValues(hit ? "hit" : "miss").inc();
  }

  // a caller could invent any number of methods, and each would become a time series
  private static String known(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
      default -> "OTHER";
    };
  }
}
