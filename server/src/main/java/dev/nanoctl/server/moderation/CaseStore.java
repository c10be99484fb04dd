package dev.nanoctl.server.moderation;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.nano.ItemRows;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code moderation_case}. */
final class CaseStore {
  private static final RowMapper<ReviewCase> ROW =
      (rs, _) -> {
        String decision = rs.getString("decision");
        return new ReviewCase(
            rs.getObject("id", UUID.class),
            rs.getObject("nano_id", UUID.class),
            rs.getObject("version_id", UUID.class),
            CaseStatus.of(rs.getString("status")),
            decision == null ? null : Verdict.of(decision),
            rs.getObject("decided_by", UUID.class));
      };

  private static final String SELECT =
      "SELECT id, nano_id, version_id, status, decision, decided_by FROM moderation_case ";

  /** A case and the item of its nano; the nano's version is the one that was handed in. */
  private static final String SHOW =
      """
      SELECT %s,
             m.id AS case_id, m.kind AS case_kind, m.status AS case_status, m.submitted_at,
             m.due_at, m.decision, m.reason, CAST(m.checklist AS text) AS checklist, m.decided_at,
             s.username AS submitter, d.username AS decider, n.status AS nano_status,
             m.status = 'open' AND m.due_at < :now AS overdue, n.creator_id = :viewer AS own,
             m.statement, a.reason AS against
        FROM moderation_case m
        JOIN nano n ON n.id = m.nano_id
        JOIN nano_version v ON v.id = m.version_id
        JOIN app_user u ON u.id = n.creator_id
        JOIN app_user s ON s.id = m.submitter_id
        LEFT JOIN app_user d ON d.id = m.decided_by
        LEFT JOIN moderation_case a ON a.id = m.appeal_of
      """
          .formatted(ItemRows.COLUMNS);

  private static final RowMapper<String> JSON =
      (rs, _) -> Json.text(json -> json.object(shown -> write(shown, rs)));

  /** Which cases to show. */
  record Filter(Optional<CaseStatus> status, Optional<String> kind, boolean overdue) {}

  void insert(Handle tx, ReviewCase review, UUID submitterId, Instant now, Instant due) {
    tx.createUpdate(
            """
            INSERT INTO moderation_case
                (id, kind, nano_id, version_id, submitter_id, status, submitted_at, due_at)
            VALUES (:id, 'review', :nanoId, :versionId, :submitterId, 'open', :now, :due)
            """)
        .bind("id", review.id())
        .bind("nanoId", review.nanoId())
        .bind("versionId", review.versionId())
        .bind("submitterId", submitterId)
        .bind("now", now)
        .bind("due", due)
        .execute();
  }

  void withdraw(Handle tx, UUID nanoId) {
    tx.createUpdate(
            """
            UPDATE moderation_case SET status = 'withdrawn'
             WHERE nano_id = :nanoId AND status = 'open'
            """)
        .bind("nanoId", nanoId)
        .execute();
  }

  Optional<ReviewCase> find(Handle tx, UUID id) {
    return tx.createQuery(SELECT + "WHERE id = :id").bind("id", id).map(ROW).findOne();
  }

  Optional<ReviewCase> lock(Handle tx, UUID id) {
    return tx.createQuery(SELECT + "WHERE id = :id FOR NO KEY UPDATE")
        .bind("id", id)
        .map(ROW)
        .findOne();
  }

  void decide(Handle tx, UUID id, Decision decision, UUID moderatorId, Instant now) {
    JsonObject checklist = decision.checklist();
    tx.createUpdate(
            """
            UPDATE moderation_case
               SET status = 'decided', decision = :decision, reason = :reason,
                   checklist = CAST(:checklist AS jsonb), decided_by = :by, decided_at = :now
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("decision", decision.verdict().code())
        .bind("reason", decision.reason())
        .bind("checklist", checklist == null ? null : Json.text(checklist))
        .bind("by", moderatorId)
        .bind("now", now)
        .execute();
  }

  /** Open cases by their due date, then the others, the last decided first; as JSON texts. */
  List<String> page(Handle tx, Filter filter, UUID viewer, Instant now, Page page) {
    return tx.createQuery(
            SHOW
                + """
                WHERE m.kind <> 'takedown'
                  AND (CAST(:status AS text) IS NULL OR m.status = :status)
                  AND (CAST(:kind AS text) IS NULL OR m.kind = :kind)
                  AND (NOT :overdue OR m.status = 'open' AND m.due_at < :now)
                ORDER BY m.status <> 'open', CASE WHEN m.status = 'open' THEN m.due_at END,
                         coalesce(m.decided_at, m.submitted_at) DESC, m.id
                LIMIT :limit OFFSET :offset
                """)
        .bind("status", filter.status().map(CaseStatus::code).orElse(null))
        .bind("kind", filter.kind().orElse(null))
        .bind("overdue", filter.overdue())
        .bind("viewer", viewer)
        .bind("now", now)
        .bind("limit", page.limit())
        .bind("offset", page.offset())
        .map(JSON)
        .list();
  }

  long total(Handle tx, Filter filter, Instant now) {
    return tx.createQuery(
            """
            SELECT count(*) FROM moderation_case m
             WHERE m.kind <> 'takedown'
               AND (CAST(:status AS text) IS NULL OR m.status = :status)
               AND (CAST(:kind AS text) IS NULL OR m.kind = :kind)
               AND (NOT :overdue OR m.status = 'open' AND m.due_at < :now)
            """)
        .bind("status", filter.status().map(CaseStatus::code).orElse(null))
        .bind("kind", filter.kind().orElse(null))
        .bind("overdue", filter.overdue())
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }

  Optional<String> shown(Handle tx, UUID id, UUID viewer, Instant now) {
    return tx.createQuery(SHOW + "WHERE m.id = :id")
        .bind("id", id)
        .bind("viewer", viewer)
        .bind("now", now)
        .map(JSON)
        .findOne();
  }

  private static void write(JsonWriter json, ResultSet rs) {
    ItemRows.reading(() -> {
      json.field("id", rs.getString("case_id"))
          .field("kind", rs.getString("case_kind"))
          .field("status", rs.getString("case_status"))
          .field("version", rs.getString("semver"))
          .field("submitted_at", ItemRows.time(rs, "submitted_at"))
          .field("due_at", ItemRows.time(rs, "due_at"))
          .field("overdue", rs.getBoolean("overdue"))
          .field("own", rs.getBoolean("own"))
          .object("submitter", s -> person(s, rs, "submitter"))
          .field("decision", rs.getString("decision"))
          .field("reason", rs.getString("reason"))
          .field("statement", rs.getString("statement"))
          .field("against", rs.getString("against"));
      String checklist = rs.getString("checklist");
      json.rawField("checklist", checklist == null ? "null" : checklist);
      json.name("decided_by");
      if (rs.getString("decider") == null) {
        json.value((String) null);
      } else {
        json.object(d -> person(d, rs, "decider"));
      }
      json.field("decided_at", ItemRows.time(rs, "decided_at"))
          .field("nano_status", rs.getString("nano_status"))
          .object("nano", item -> ItemRows.write(item, rs));
    });
  }

  private static void person(JsonWriter json, ResultSet rs, String column) {
    ItemRows.reading(() -> json.field("username", rs.getString(column)));
  }
}
