package dev.nanoctl.server.rating;

import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.Body;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Limit;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoTrail;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The endpoints of ratings. */
public final class RatingRoutes implements Routes {
  private static final Limit LIMIT = Limit.perMinute("ratings", 10);

  private static final Schema RATING =
      Schema.named(
          "Rating",
          Schema.object()
              .required("id", Schema.uuid())
              .required(
                  "user",
                  Schema.object()
                      .required("username", Schema.text())
                      .required("display_name", Schema.text()))
              .required("score", Schema.integer(1, 5))
              .required("comment", Schema.nullable(Schema.text(1, 500)))
              .required("reply", Schema.nullable(Schema.text(1, 500)))
              .required("replied_at", Schema.nullable(Schema.time()))
              .required("helpful", Schema.count())
              .required("found_helpful", Schema.bool())
              .required("created_at", Schema.time())
              .required("updated_at", Schema.time())
              .required("row_version", Schema.count())
              .required("mine", Schema.bool()));

  private static final Schema.Fields META =
      Endpoint.PAGE_META
          .required("histogram", Schema.map(Schema.count()))
          .required("average", Schema.nullable(Schema.decimal()));

  private static final Schema.Fields RATE =
      Schema.object()
          .required("score", Schema.integer(1, 5))
          .optional("comment", Schema.text(0, 500));

  private static final Schema.Fields REPLY = Schema.object().required("reply", Schema.text(1, 500));

  private final Ratings ratings;

  /** The endpoints of these ratings. */
  public RatingRoutes(Ratings ratings) {
    this.ratings = ratings;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("nanos/{id}/ratings")
            .summary("Ratings of a Nano, the newest first")
            .paged()
            .answers(200, Schema.list(RATING), META)
            .errors(ApiError.NOT_FOUND)
            .handle(this::list),
        Endpoint.post("nanos/{id}/ratings")
            .summary("Rate a Nano")
            .access(Access.USER)
            .limit(LIMIT)
            .body(RATE)
            .answers(201, RATING)
            .errors(ApiError.NOT_FOUND, ApiError.ALREADY_RATED, ApiError.INVALID_TRANSITION)
            .handle(this::rate),
        Endpoint.patch("ratings/{id}")
            .summary("Change one's own rating")
            .access(Access.USER)
            .limit(LIMIT)
            .body(RATE.partial())
            .answers(200, RATING)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION, ApiError.PRECONDITION_FAILED)
            .handle(this::change),
        Endpoint.delete("ratings/{id}")
            .summary("Remove a rating")
            .access(Access.USER)
            .answersEmpty(204)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
            .handle(this::delete),
        Endpoint.put("ratings/{id}/helpful")
            .summary("Say that a rating helped")
            .access(Access.USER)
            .limit(LIMIT)
            .answersEmpty(204)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
            .handle(call -> helpful(call, true)),
        Endpoint.delete("ratings/{id}/helpful")
            .summary("Take back that a rating helped")
            .access(Access.USER)
            .answersEmpty(204)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
            .handle(call -> helpful(call, false)),
        Endpoint.put("ratings/{id}/reply")
            .summary("Reply to a rating of one's own Nano")
            .access(Access.USER)
            .limit(LIMIT)
            .body(REPLY)
            .answers(200, RATING)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
            .handle(
                call -> one(200, ratings.reply(caller(call), id(call), call.body().text("reply")))),
        Endpoint.delete("ratings/{id}/reply")
            .summary("Remove the reply")
            .access(Access.USER)
            .answers(200, RATING)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
            .handle(call -> one(200, ratings.reply(caller(call), id(call), null))));
  }

  private Answer list(Call call) {
    @Nullable Principal who = call.findPrincipal().orElse(null);
    UUID nanoId = id(call);
    Page page = call.page();
    Ratings.Listing listing = ratings.list(who, nanoId, page);
    return Answer.page(page, listing.histogram().total(), listing.items(), JsonWriter::raw)
        .meta(listing.histogram()::write)
        .shows(NanoTrail.topic(nanoId));
  }

  private Answer rate(Call call) {
    Body body = call.body();
    @Nullable String comment = body.findText("comment").orElse(null);
    return one(201, ratings.rate(caller(call), id(call), body.integer("score"), comment));
  }

  private Answer change(Call call) {
    Body body = call.body();
    var score = body.findInteger("score");
    var change =
        new Ratings.Change(
            score.isPresent() ? score.getAsInt() : null,
            body.has("comment"),
            body.findText("comment").orElse(null));
    return one(200, ratings.change(caller(call), id(call), call.header("If-Match"), change));
  }

  private Answer delete(Call call) {
    ratings.delete(caller(call), id(call));
    return Answer.noContent();
  }

  private Answer helpful(Call call, boolean helpful) {
    ratings.helpful(caller(call), id(call), helpful);
    return Answer.noContent();
  }

  private static Answer one(int status, String json) {
    return Answer.json(status, out -> out.raw(json));
  }

  private static Caller caller(Call call) {
    return Caller.of(call);
  }

  private static UUID id(Call call) {
    return call.uuid("id");
  }
}
