package dev.nanoctl.server.audit;

import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Access;
import dev.nanoctl.server.http.Answer;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Call;
import dev.nanoctl.server.http.Endpoint;
import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.http.Param;
import dev.nanoctl.server.http.Routes;
import dev.nanoctl.server.http.Schema;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The audit log, for administrators; reading it is on record too. */
public final class AuditRoutes implements Routes {
  private static final Schema ENTRY =
      Schema.named(
          "AuditEntry",
          Schema.object()
              .required("seq", Schema.count())
              .required("at", Schema.time())
              .required("actor_id", Schema.nullable(Schema.uuid()))
              .required("role", Schema.text())
              .required("action", Schema.text())
              .required("target", Schema.nullable(Schema.text()))
              .required("result", Schema.text())
              .required("ip_prefix", Schema.nullable(Schema.text()))
              .required("request_id", Schema.nullable(Schema.text()))
              .required("details", Schema.any()));

  private final Jdbi jdbi;
  private final Audit audit;
  private final AuditTrail trail;

  /** Routes for the given trail. */
  public AuditRoutes(Jdbi jdbi, Audit audit, AuditTrail trail) {
    this.jdbi = jdbi;
    this.audit = audit;
    this.trail = trail;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("admin/audit-logs")
            .summary("What happened, newest first")
            .access(Access.ADMIN)
            .query(
                Param.uuid("user_id"),
                Param.text("action", 60),
                Param.time("from"),
                Param.time("to"))
            .cursored()
            .answers(
                200, Schema.list(ENTRY), Schema.object().optional("next_cursor", Schema.text()))
            .handle(this::list),
        Endpoint.get("admin/audit-logs/verify")
            .summary("Check that no entry was changed, moved or taken away")
            .access(Access.ADMIN)
            .answers(
                200,
                Schema.object()
                    .required("ok", Schema.bool())
                    .required("checked", Schema.count())
                    .required("head", Schema.text())
                    .optional("first_broken", Schema.count()))
            .handle(this::verify));
  }

  private Answer list(Call call) {
    int limit = call.integer("limit").orElse(20);
    AuditStore.Filter filter =
        new AuditStore.Filter(
            call.queryUuid("user_id").orElse(null),
            call.query("action").orElse(null),
            call.queryTime("from").orElse(null),
            call.queryTime("to").orElse(null));
    trail.seal();
    List<AuditEntry> entries = trail.list(cursor(call), filter, limit + 1);
    List<AuditEntry> shown = entries.size() > limit ? entries.subList(0, limit) : entries;
    @Nullable String next = entries.size() > limit ? Long.toString(shown.getLast().seq()) : null;
    jdbi.useTransaction(tx ->
        audit.record(tx, AuditEvent.done(AuditEvent.Actor.of(call), "admin.audit_read", null)));
    return Answer.cursor(shown, AuditRoutes::entry, next);
  }

  private Answer verify(Call call) {
    AuditTrail.Verdict verdict = trail.verify();
    return Answer.ok(json ->
        json.object(o -> {
          o.field("ok", verdict.ok())
              .field("checked", verdict.checked())
              .field("head", verdict.head());
          verdict.firstBroken().ifPresent(seq -> o.field("first_broken", seq));
        }));
  }

  private static long cursor(Call call) {
    String after = call.query("after").orElse("");
    if (after.isEmpty()) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException _) {
      throw ApiException.bad(
          new FieldError(
              "after", "invalid_format", "Das ist keine Marke.", "This is not a cursor."));
    }
  }

  private static void entry(JsonWriter json, AuditEntry entry) {
    json.object(o ->
        o.field("seq", entry.seq())
            .field("at", entry.at())
            .field("actor_id", entry.actor().id())
            .field("role", entry.actor().role())
            .field("action", entry.what().action())
            .field("target", entry.what().target())
            .field("result", entry.what().result())
            .field("ip_prefix", entry.actor().ipPrefix())
            .field("request_id", entry.actor().requestId())
            .rawField("details", entry.what().details()));
  }
}
