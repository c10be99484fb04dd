package dev.nanoctl.server.search;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Param;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import dev.nanoctl.server.job.Jobs;
import dev.nanoctl.server.nano.NanoSchemas;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The endpoints of searching. */
final class SearchRoutes implements Routes {
  /** What answers show that come from the index. */
  static final String TOPIC = "search";

  static final String REINDEX = "search.reindex";

  private static final int LONGEST_QUERY = 256;
  private static final String[] FORMATS = {"video", "text", "quiz", "interactive", "audio"};

  private static final Schema FACET =
      Schema.list(
          Schema.named(
              "FacetCount",
              Schema.object().required("value", Schema.text()).required("count", Schema.count())));

  private final Searches searches;
  private final Jdbi jdbi;
  private final Jobs jobs;
  private final Audit audit;

  SearchRoutes(Searches searches, Jdbi jdbi, Jobs jobs, Audit audit) {
    this.searches = searches;
    this.jdbi = jdbi;
    this.jobs = jobs;
    this.audit = audit;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("search")
            .summary("Find Nanos; typing errors, inflections and compounds are understood")
            .query(
                Param.text("q", LONGEST_QUERY),
                Param.text("category", 80).repeated(),
                Param.integer("level", 1, 3).repeated(),
                Param.text("language", 35).repeated(),
                Param.choice("format", FORMATS).repeated(),
                Param.text("license", 100).repeated(),
                Param.integer("duration_min", 0, 600),
                Param.integer("duration_max", 0, 600),
                Param.choice("sort", "relevance", "newest", "best", "title", "shortest")
                    .orElse("relevance"))
            .paged()
            .answers(200, Schema.list(hit()), meta())
            .cached(TOPIC)
            .handle(this::search),
        Endpoint.get("search/suggest")
            .summary("Titles that begin like what was typed")
            .query(Param.text("q", LONGEST_QUERY))
            .answers(200, Schema.list(Schema.text()))
            .example("[\"Serienbriefe schreiben\"]")
            .cached(TOPIC)
            .handle(this::suggest),
        Endpoint.post("admin/search/reindex")
            .summary("Write the search index anew from the database")
            .access(Access.ADMIN)
            .optionalBody(Schema.object())
            .answers(202, Schema.object().required("job_id", Schema.uuid()))
            .handle(this::reindex));
  }

  private static Schema hit() {
    Schema highlight =
        Schema.object().required("title", Schema.text()).required("description", Schema.text());
    Schema item = NanoSchemas.ITEM;
    Schema.Fields fields =
        item instanceof Schema.Component(_, Schema.Fields inner) ? inner : Schema.object();
    return Schema.named("SearchHit", fields.required("highlight", highlight));
  }

  private static Schema.Fields meta() {
    Schema.Fields facets = Schema.object();
    for (Facet facet : Facet.values()) {
      facets = facets.required(facet.key(), FACET);
    }
    return Endpoint.PAGE_META
        .required("corrected_query", Schema.nullable(Schema.text()))
        .required("facets", facets);
  }

  private Answer search(Call call) {
    Page page = call.page();
    SearchQuery query =
        new SearchQuery(
            call.query("q").orElse(""),
            filters(call),
            SearchQuery.Sort.valueOf(
                call.query("sort").orElse("relevance").toUpperCase(Locale.ROOT)),
            page.number(),
            page.limit());
    SearchResult result = searches.search(query);
    return Answer.page(page, result.total(), result.hits(), (json, hit) -> json.raw(render(hit)))
        .meta(meta -> meta(meta, result));
  }

  private static SearchQuery.Filters filters(Call call) {
    Map<Facet, Set<String>> chosen = new EnumMap<>(Facet.class);
    chosen.put(Facet.CATEGORY, new HashSet<>(call.queries("category")));
    chosen.put(Facet.LEVEL, new HashSet<>(call.queries("level")));
    chosen.put(Facet.LANGUAGE, new HashSet<>(call.queries("language")));
    chosen.put(Facet.FORMAT, new HashSet<>(call.queries("format")));
    chosen.put(Facet.LICENSE, new HashSet<>(call.queries("license")));
    return new SearchQuery.Filters(
        chosen,
        call.integer("duration_min").orElse(0),
        call.integer("duration_max").orElse(Integer.MAX_VALUE));
  }

  /** The list item as it lies in the index, with the highlight as one more member. */
  private static String render(SearchResult.Hit hit) {
    String highlight =
        Json.text(json ->
            json.object(marks ->
                marks.field("title", hit.title()).field("description", hit.description())));
    String item = hit.item().strip();
    return item.substring(0, item.length() - 1) + ",\"highlight\":" + highlight + "}";
  }

  private static void meta(JsonWriter meta, SearchResult result) {
    meta.field("corrected_query", result.correctedQuery());
    meta.object(
        "facets",
        facets ->
            result
                .facets()
                .forEach((facet, counts) ->
                    facets.array(
                        facet.key(),
                        counts,
                        (json, count) ->
                            json.object(one ->
                                one.field("value", count.value()).field("count", count.count())))));
  }

  private Answer suggest(Call call) {
    List<String> titles = searches.suggest(call.query("q").orElse(""));
    return Answer.ok(json -> json.array(titles, (one, title) -> one.value(title)));
  }

  private Answer reindex(Call call) {
    UUID owner = call.principal().id();
    UUID job =
        jdbi.inTransaction(tx -> {
          UUID id = jobs.enqueue(tx, REINDEX, JsonObject.EMPTY, owner);
          audit.record(
              tx, AuditEvent.done(AuditEvent.Actor.of(call), "search.reindex", "job:" + id));
          return id;
        });
    return Answer.accepted(json -> json.object(one -> one.field("job_id", job)));
  }
}
