package dev.nanoctl.server.moderation;

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
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoSchemas;
import java.util.List;

/** The endpoints for those whose nanos were taken down. */
public final class DecisionRoutes implements Routes {
  private static final Schema DECISION =
      Schema.named(
          "Decision",
          Schema.object()
              .required("id", Schema.uuid())
              .required("decision", Schema.choice("takedown"))
              .required("reason", Schema.text())
              .required("decided_at", Schema.time())
              .required("appeal_until", Schema.time())
              .required(
                  "nano",
                  Schema.object()
                      .required("id", Schema.uuid())
                      .required("slug", Schema.text())
                      .required("title", Schema.text())
                      .required("status", NanoSchemas.STATUS))
              .required(
                  "appeal",
                  Schema.nullable(
                      Schema.object()
                          .required("status", Schema.choice("open", "decided", "withdrawn"))
                          .required("submitted_at", Schema.time())
                          .required("statement", Schema.text())
                          .required("decision", Schema.nullable(Schema.choice("approve", "reject")))
                          .required("reason", Schema.nullable(Schema.text())))));

  private static final Schema.Fields APPEAL =
      Schema.object().required("statement", Schema.text(10, 2000));

  private final Appeals appeals;

  /** The endpoints of these appeals. */
  public DecisionRoutes(Appeals appeals) {
    this.appeals = appeals;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("decisions")
            .summary("Take-downs of one's own Nanos, the newest first")
            .access(Access.USER)
            .query(Param.uuid("nano_id"))
            .paged()
            .answersPage(DECISION)
            .handle(this::list),
        Endpoint.get("decisions/{id}")
            .summary("One take-down, with the appeal against it")
            .access(Access.USER)
            .answers(200, DECISION)
            .errors(ApiError.NOT_FOUND)
            .handle(call -> {
              String shown = appeals.show(Caller.of(call), call.uuid("id"));
              return Answer.ok(json -> json.raw(shown));
            }),
        Endpoint.post("decisions/{id}/appeal")
            .summary("Appeal against a take-down; another moderator decides")
            .access(Access.USER)
            .body(APPEAL)
            .answers(201, DECISION)
            .errors(
                ApiError.NOT_FOUND, ApiError.CONFLICT, ApiError.INVALID_TRANSITION, ApiError.GONE)
            .handle(call -> {
              String shown =
                  appeals.appeal(Caller.of(call), call.uuid("id"), call.body().text("statement"));
              return Answer.created(json -> json.raw(shown));
            }));
  }

  private Answer list(Call call) {
    Page page = call.page();
    Appeals.Listing found =
        appeals.list(Caller.of(call), call.queryUuid("nano_id").orElse(null), page);
    return Answer.page(page, found.total(), found.items(), JsonWriter::raw);
  }
}
