package dev.nanoctl.server.redis;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** How the lines to Redis do, for {@code /metrics}. */
public final class RedisMetrics {
  private final Histogram durations;
  private final Counter failures;
  private final Counter fallbacks;
  private final Map<String, BooleanSupplier> lines = new ConcurrentHashMap<>();

  /** Metrics in this registry. */
  public RedisMetrics(PrometheusRegistry registry) {
    durations =
        Histogram.builder()
            .name("redis_command_duration_seconds")
            .help("Time of commands that were answered.")
            .classicOnly()
            .classicUpperBounds(.0001, .00025, .0005, .001, .0025, .005, .01, .05, .1, .25)
            .labelNames("line", "use")
            .register(registry);
    failures =
        Counter.builder()
            .name("redis_command_failures_total")
            .help("Commands that failed or were not answered in time.")
            .labelNames("line", "use")
            .register(registry);
    fallbacks =
        Counter.builder()
            .name("redis_fallbacks_total")
            .help("How often this process did alone what Redis would have done.")
            .labelNames("line", "use")
            .register(registry);
    GaugeWithCallback.builder()
        .name("redis_line_up")
        .help("1 while Redis answers, 0 while this process gets by without it.")
        .labelNames("line")
        .callback(value -> lines.forEach((line, up) -> value.call(up.getAsBoolean() ? 1 : 0, line)))
        .register(registry);
  }

  void watch(String line, BooleanSupplier up) {
    lines.put(line, up);
  }

  void answered(String line, String use, long nanos) {
    durations.labelValues(line, use).observe(nanos / 1e9);
  }

  void failed(String line, String use) {
    failures.labelValues(line, use).inc();
  }

  void fellBack(String line, String use) {
    fallbacks.labelValues(line, use).inc();
  }
}
