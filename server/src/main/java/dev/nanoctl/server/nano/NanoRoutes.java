package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Param;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The endpoints of nanos, for readers and for creators. */
public final class NanoRoutes implements Routes {
  private static final int RELATED = 6;

  private static final Schema GONE =
      Schema.object().required("id", Schema.uuid()).required("status", Schema.choice("deleted"));

  private final Catalogue catalogue;
  private final Nanos nanos;

  /** The endpoints of these nanos. */
  public NanoRoutes(Catalogue catalogue, Nanos nanos) {
    this.catalogue = catalogue;
    this.nanos = nanos;
  }

  /** Something a creator does to a nano. */
  private interface Step {
    void take(Caller caller, UUID id);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("nanos")
            .summary("Published Nanos")
            .query(FilterParams.all())
            .query(Param.choice("sort", "newest", "best", "title", "shortest").orElse("newest"))
            .paged()
            .answersPage(NanoSchemas.ITEM)
            .cached(NanoTrail.LISTS)
            .handle(this::list),
        Endpoint.get("nanos/mine")
            .summary("One's own Nanos, in every state")
            .access(Access.USER)
            .query(
                Param.choice(
                    "status",
                    "draft",
                    "pending_review",
                    "published",
                    "rejected",
                    "archived",
                    "taken_down"))
            .paged()
            .answersPage(NanoSchemas.MINE)
            .handle(this::mine),
        Endpoint.get("nanos/{id}")
            .summary("One Nano, by id or slug; a former slug redirects")
            .answers(200, NanoSchemas.DETAIL)
            .answersEmpty(301)
            .errors(ApiError.NOT_FOUND)
            .cached()
            .handle(this::show),
        Endpoint.get("nanos/{id}/related")
            .summary("Nanos like this one")
            .answers(200, Schema.list(NanoSchemas.ITEM))
            .errors(ApiError.NOT_FOUND)
            .cached(NanoTrail.LISTS)
            .handle(this::related),
        Endpoint.post("nanos")
            .summary("Begin a Nano")
            .access(Access.CREATOR)
            .body(NanoForm.CREATE)
            .checkedByHandler()
            .answers(201, NanoSchemas.DETAIL)
            .handle(this::create),
        Endpoint.patch("nanos/{id}")
            .summary("Change a Nano")
            .access(Access.USER)
            .body(NanoForm.PATCH)
            .checkedByHandler()
            .answers(200, NanoSchemas.DETAIL)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION, ApiError.PRECONDITION_FAILED)
            .handle(this::change),
        step("submit", "Hand a Nano in for review", nanos::submit),
        step("archive", "Take a Nano off the shelf", nanos::archive),
        step("restore", "Put an archived Nano back", nanos::restore),
        Endpoint.delete("nanos/{id}")
            .summary("Remove a Nano")
            .access(Access.USER)
            .answers(200, GONE)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION, ApiError.PRECONDITION_FAILED)
            .handle(this::delete));
  }

  private Endpoint step(String name, String summary, Step step) {
    return Endpoint.post("nanos/{id}/" + name)
        .summary(summary)
        .access(Access.USER)
        .optionalBody(Schema.object())
        .answers(200, NanoSchemas.DETAIL)
        .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
        .handle(call -> {
          UUID id = call.uuid("id");
          step.take(Caller.of(call), id);
          return detail(call, id, 200);
        });
  }

  private Answer list(Call call) {
    Page page = call.page();
    NanoFilter.Sort sort =
        NanoFilter.Sort.valueOf(call.query("sort").orElse("newest").toUpperCase(Locale.ROOT));
    Catalogue.Listing listing = catalogue.list(FilterParams.read(call, sort), page);
    return Answer.page(page, listing.total(), listing.items(), JsonWriter::raw);
  }

  private Answer mine(Call call) {
    Page page = call.page();
    Optional<NanoStatus> status = call.query("status").flatMap(NanoStatus::of);
    Catalogue.Listing listing = catalogue.mine(call.principal(), status, page);
    return Answer.page(page, listing.total(), listing.items(), JsonWriter::raw);
  }

  private Answer show(Call call) {
    String reference = call.path("id");
    Optional<Catalogue.Found> shown = catalogue.shown(reference);
    if (shown.isPresent()) {
      return switch (shown.get()) {
        case Catalogue.Found.Here here ->
            answer(here, 200).shows(NanoTrail.topic(here.id()), ListMemory.CATEGORIES);
        case Catalogue.Found.Moved(String slug) ->
            Answer.empty(301).header("Location", "/api/v1/nanos/" + slug);
      };
    }
    // not for everyone: what is answered now depends on who asks and is never kept
    return call.viewer()
        .flatMap(who -> catalogue.find(reference, who))
        .map(found -> personal(found))
        .orElseThrow(Guard::notFound);
  }

  private static Answer personal(Catalogue.Found found) {
    return switch (found) {
      case Catalogue.Found.Here here -> answer(here, 200).cacheControl("no-store");
      case Catalogue.Found.Moved _ -> throw Guard.notFound();
    };
  }

  private Answer related(Call call) {
    List<String> items = catalogue.related(call.path("id"), RELATED).orElseThrow(Guard::notFound);
    return Answer.ok(json -> json.array(items, JsonWriter::raw));
  }

  private Answer create(Call call) {
    UUID id = nanos.create(Caller.of(call), call.body().json());
    return detail(call, id, 201).header("Location", "/api/v1/nanos/" + id);
  }

  private Answer change(Call call) {
    UUID id = call.uuid("id");
    nanos.change(Caller.of(call), id, call.header("If-Match"), call.body().json());
    return detail(call, id, 200);
  }

  private Answer delete(Call call) {
    UUID id = call.uuid("id");
    nanos.delete(Caller.of(call), id, call.header("If-Match"));
    return Answer.ok(json -> json.object(gone -> gone.field("id", id).field("status", "deleted")));
  }

  private Answer detail(Call call, UUID id, int status) {
    return catalogue
        .find(id.toString(), call.principal())
        .map(found ->
            switch (found) {
              case Catalogue.Found.Here here -> answer(here, status);
              case Catalogue.Found.Moved _ -> throw Guard.notFound();
            })
        .orElseThrow(Guard::notFound);
  }

  private static Answer answer(Catalogue.Found.Here nano, int status) {
    return Answer.json(status, json -> json.raw(nano.json())).etag(nano.etag());
  }
}
