package dev.nanoctl.server.http;

import dev.nanoctl.core.json.JsonWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MetricNameFilter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What operators and machines ask: health, readiness, metrics, and the API's own description. */
final class SystemRoutes implements Routes {
  /** As Prometheus' own servers and libraries call it. */
  private static final String NAMES = "name[]";

  private static final Schema HEALTH =
      Schema.named("Health", Schema.object().required("status", Schema.text()));
  private static final Schema READY =
      Schema.named(
          "Readiness",
          Schema.object()
              .required("status", Schema.choice("ready", "degraded"))
              .required("parts", Schema.map(Schema.bool())));

  private final Readiness readiness;
  private final PrometheusRegistry metrics;
  private final BooleanSupplier draining;
  private final OpenApi openApi = new OpenApi();
  private final DocsPage docs = new DocsPage();

  SystemRoutes(Readiness readiness, PrometheusRegistry metrics, BooleanSupplier draining) {
    this.readiness = readiness;
    this.metrics = metrics;
    this.draining = draining;
  }

  @Override
  public List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.add(
        Endpoint.get("/health")
            .summary("Whether the process runs")
            .answers(200, HEALTH)
            .example("{\"status\": \"up\"}")
            .handle(_ -> Answer.ok(json -> json.object(o -> o.field("status", "up")))));
    all.add(
        Endpoint.get("/ready")
            .summary("Whether the site is of use: 503 without the database or the objects")
            .answers(200, READY)
            .example("{\"status\": \"ready\", \"parts\": {\"database\": true, \"search\": true}}")
            .errors(ApiError.DEPENDENCY_DOWN)
            .handle(_ -> ready()));
    all.add(
        Endpoint.get("/metrics")
            .summary("Metrics, for this machine and the site's own network only")
            .query(Param.text(NAMES, 200).repeated())
            .answersFile(200, PrometheusTextFormatWriter.CONTENT_TYPE)
            .hidden()
            .localOnly()
            .handle(this::metrics));
    all.add(
        Endpoint.get("/openapi.json")
            .summary("This description")
            .answersFile(200, Sender.JSON)
            .hidden()
            .handle(_ -> Answer.bytes(200, Sender.JSON, openApi.json()).cacheControl("no-cache")));
    all.add(
        Endpoint.get("/docs")
            .summary("This description for people")
            .answersFile(200, "text/html")
            .hidden()
            .handle(_ -> docs.answer()));
    return all;
  }

  /** Tells the description of all endpoints, these among them. */
  void describe(List<Endpoint> endpoints) {
    openApi.describe(endpoints);
  }

  private Answer ready() {
    Readiness.Outcome outcome = readiness.ask();
    if (draining.getAsBoolean() || !outcome.ready()) {
      String german = draining.getAsBoolean() ? "Der Server wird beendet." : "Ein Dienst fehlt.";
      String english = draining.getAsBoolean() ? "The server is closing." : "A service is missing.";
      throw new ApiException(ApiError.DEPENDENCY_DOWN, german, english)
          .details(json -> parts(json, outcome));
    }
    return Answer.ok(json ->
        json.object(o -> {
          o.field("status", outcome.word()).name("parts");
          parts(o, outcome);
        }));
  }

  private static void parts(JsonWriter json, Readiness.Outcome outcome) {
    json.object(o -> outcome.parts().forEach(o::field));
  }

  private Answer metrics(Call call) throws IOException {
    List<String> names = call.queries(NAMES);
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
    PrometheusTextFormatWriter.create()
        .write(
            out,
            names.isEmpty()
                ? metrics.scrape()
                : metrics.scrape(MetricNameFilter.builder().nameMustBeEqualTo(names).build()));
    return Answer.bytes(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray());
  }
}
