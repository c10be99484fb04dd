package dev.nanoctl.server.moderation;

import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.Body;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Param;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoSchemas;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The endpoints of moderators. */
public final class ModerationRoutes implements Routes {
  private static final Schema PERSON = Schema.object().required("username", Schema.text());

  private static final Schema CASE =
      Schema.named(
          "ReviewCase",
          Schema.object()
              .required("id", Schema.uuid())
              .required("kind", Schema.choice("review", "appeal", "takedown"))
              .required("status", Schema.choice("open", "decided", "withdrawn"))
              .required("version", Schema.text())
              .required("submitted_at", Schema.time())
              .required("due_at", Schema.time())
              .required("overdue", Schema.bool())
              .required("own", Schema.bool())
              .required("submitter", PERSON)
              .required(
                  "decision",
                  Schema.nullable(
                      Schema.choice("approve", "request_changes", "reject", "takedown")))
              .required("reason", Schema.nullable(Schema.text()))
              .required("statement", Schema.nullable(Schema.text()))
              .required("against", Schema.nullable(Schema.text()))
              .required("checklist", Schema.nullable(Schema.map(Schema.any())))
              .required("decided_by", Schema.nullable(PERSON))
              .required("decided_at", Schema.nullable(Schema.time()))
              .required("nano_status", NanoSchemas.STATUS)
              .required("nano", NanoSchemas.ITEM));

  private static final Schema.Fields DECISION =
      Schema.object()
          .required("decision", verdicts())
          .optional("reason", Schema.text(0, Decision.LONGEST_REASON))
          .optional("checklist", Schema.map(Schema.bool()));

  private static final Schema.Fields REASON =
      Schema.object()
          .required("reason", Schema.text(Decision.SHORTEST_REASON, Decision.LONGEST_REASON));

  private final Reviews reviews;

  /** The endpoints of these reviews. */
  public ModerationRoutes(Reviews reviews) {
    this.reviews = reviews;
  }

  /** Something a moderator does to a nano, with a reason. */
  private interface Measure {
    void take(Caller caller, UUID nanoId, String reason);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("moderation/queue")
            .summary("What waits for a decision, the most urgent first")
            .access(Access.MODERATOR)
            .query(
                Param.choice("status", "open", "decided", "withdrawn", "all").orElse("open"),
                Param.choice("kind", "review", "appeal"),
                Param.choice("overdue", "true", "false").orElse("false"))
            .paged()
            .answersPage(CASE)
            .handle(this::queue),
        Endpoint.get("moderation/{id}")
            .summary("One case")
            .access(Access.MODERATOR)
            .answers(200, CASE)
            .errors(ApiError.NOT_FOUND)
            .handle(call -> one(reviews.show(Caller.of(call), call.uuid("id")))),
        Endpoint.post("moderation/{id}/decision")
            .summary("Decide a case")
            .access(Access.MODERATOR)
            .body(DECISION)
            .answers(200, CASE)
            .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
            .handle(this::decide),
        measure("takedown", "Hide a published Nano", reviews::takeDown),
        measure("reinstate", "Publish again what was taken down", reviews::reinstate),
        measure("uphold", "Make a take-down final", reviews::uphold));
  }

  private static Endpoint measure(String name, String summary, Measure measure) {
    return Endpoint.post("moderation/nanos/{id}/" + name)
        .summary(summary)
        .access(Access.MODERATOR)
        .body(REASON)
        .answersEmpty(204)
        .errors(ApiError.NOT_FOUND, ApiError.INVALID_TRANSITION)
        .handle(call -> {
          measure.take(Caller.of(call), call.uuid("id"), call.body().text("reason"));
          return Answer.noContent();
        });
  }

  private Answer queue(Call call) {
    Page page = call.page();
    Optional<CaseStatus> status =
        call.query("status").filter(text -> !text.equals("all")).map(CaseStatus::of);
    boolean overdue = call.query("overdue").orElse("false").equals("true");
    Reviews.Listing listing =
        reviews.queue(
            Caller.of(call), new CaseStore.Filter(status, call.query("kind"), overdue), page);
    return Answer.page(page, listing.total(), listing.items(), JsonWriter::raw);
  }

  private Answer decide(Call call) {
    Body body = call.body();
    var decision =
        new Decision(
            Verdict.of(body.text("decision")),
            body.findText("reason").orElse(null),
            body.findObject("checklist").orElse(null));
    return one(reviews.decide(Caller.of(call), call.uuid("id"), decision));
  }

  private static Answer one(String json) {
    return Answer.ok(out -> out.raw(json));
  }

  private static Schema verdicts() {
    return Schema.choice("approve", "request_changes", "reject");
  }
}
