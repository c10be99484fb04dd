package dev.nanoctl.server.http;

import dev.nanoctl.server.cache.AnswerCache;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the edge works with.
 *
 * @param insists whether browsers are to use encryption from now on, where the site has it
 */
record EdgeParts(
    Site site,
    BooleanSupplier insists,
    Envelope envelope,
    Gate gate,
    AnswerCache cache,
    Idempotency idempotency,
    Pages pages,
    AccessLog accessLog,
    PrometheusRegistry metrics) {
  /** Stands for pages and files, which are not endpoints. */
  static final Endpoint PAGE = Endpoint.get("/{page*}").hidden();

  /** Pages and files outside the API. */
  interface Pages {
    /** The page of a path that is no endpoint; null when there is none. */
    @Nullable Answer find(Exchange exchange);
  }

  /** Remembers answers to repeated POSTs. */
  interface Idempotency {
    /** The handler's answer, or the one it gave to the same request before. */
    Answer answer(Endpoint endpoint, Call call, Exchange exchange) throws Exception;
  }
}
