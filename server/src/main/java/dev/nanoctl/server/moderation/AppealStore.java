package dev.nanoctl.server.moderation;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Take-downs and the appeals against them, in the table {@code moderation_case}. */
final class AppealStore {
  /**
   * A take-down.
   *
   * @param decidedBy the moderator whose decision it was
   * @param appealed whether an appeal was made against it
   */
  record TakeDown(UUID id, UUID nanoId, UUID decidedBy, Instant decidedAt, boolean appealed) {}

  private static final String SHOW =
      """
      SELECT t.id, t.reason, t.decided_at, n.id AS nano_id, n.slug, n.title,
             n.status AS nano_status, a.id AS appeal, a.status AS appeal_status,
             a.submitted_at, a.statement, a.decision AS appeal_decision, a.reason AS answer
        FROM moderation_case t
        JOIN nano n ON n.id = t.nano_id
        LEFT JOIN moderation_case a ON a.appeal_of = t.id
       WHERE t.kind = 'takedown' AND n.status <> 'deleted'
      """;

  private static final RowMapper<TakeDown> ROW =
      (rs, _) ->
          new TakeDown(
              rs.getObject("id", UUID.class),
              rs.getObject("nano_id", UUID.class),
              rs.getObject("decided_by", UUID.class),
              rs.getTimestamp("decided_at").toInstant(),
              rs.getBoolean("appealed"));

  private static final RowMapper<String> JSON = (rs, _) -> json(rs);

  /** Puts a take-down on record. */
  void insertTakeDown(
      Handle tx, UUID id, UUID nanoId, UUID moderatorId, String reason, Instant now) {
    tx.createUpdate(
            """
            INSERT INTO moderation_case
                (id, kind, nano_id, version_id, submitter_id, status, submitted_at, due_at,
                 decision, reason, decided_by, decided_at)
            SELECT :id, 'takedown', n.id, n.live_version_id, n.creator_id, 'decided', :now, :now,
                   'takedown', :reason, :by, :now
              FROM nano n
             WHERE n.id = :nanoId
            """)
        .bind("id", id)
        .bind("nanoId", nanoId)
        .bind("by", moderatorId)
        .bind("reason", reason)
        .bind("now", now)
        .execute();
  }

  /** Opens an appeal against a take-down. */
  void insertAppeal(Handle tx, UUID id, UUID takeDownId, UUID who, String statement, Instant now) {
    tx.createUpdate(
            """
            INSERT INTO moderation_case
                (id, kind, nano_id, version_id, submitter_id, status, submitted_at, due_at,
                 appeal_of, statement)
            SELECT :id, 'appeal', t.nano_id, t.version_id, :who, 'open', :now, :due, t.id,
                   :statement
              FROM moderation_case t
             WHERE t.id = :takeDown
            """)
        .bind("id", id)
        .bind("takeDown", takeDownId)
        .bind("who", who)
        .bind("statement", statement)
        .bind("now", now)
        .bind("due", now.plus(ReviewQueue.PATIENCE))
        .execute();
  }

  Optional<TakeDown> takeDown(Handle tx, UUID id) {
    return tx.createQuery(
            """
            SELECT t.id, t.nano_id, t.decided_by, t.decided_at,
                   EXISTS (SELECT FROM moderation_case a WHERE a.appeal_of = t.id) AS appealed
              FROM moderation_case t
             WHERE t.id = :id AND t.kind = 'takedown'
            """)
        .bind("id", id)
        .map(ROW)
        .findOne();
  }

  /** The take-down that a case appeals against; empty if the case is no appeal. */
  Optional<TakeDown> appealedBy(Handle tx, UUID caseId) {
    return tx.createQuery(
            """
            SELECT t.id, t.nano_id, t.decided_by, t.decided_at, true AS appealed
              FROM moderation_case a
              JOIN moderation_case t ON t.id = a.appeal_of
             WHERE a.id = :id
            """)
        .bind("id", caseId)
        .map(ROW)
        .findOne();
  }

  /** A take-down as JSON text, for its nano's creator and for staff. */
  Optional<String> shown(Handle tx, UUID id, UUID viewer, boolean staff) {
    return tx.createQuery(SHOW + " AND t.id = :id AND (:staff OR n.creator_id = :viewer)")
        .bind("id", id)
        .bind("viewer", viewer)
        .bind("staff", staff)
        .map(JSON)
        .findOne();
  }

  /** The take-downs of one's own nanos, or of one of them, the newest first, as JSON texts. */
  List<String> page(Handle tx, UUID creator, @Nullable UUID nanoId, Page page) {
    return tx.createQuery(
            SHOW
                + """
                   AND n.creator_id = :creator
                   AND (CAST(:nanoId AS uuid) IS NULL OR n.id = :nanoId)
                 ORDER BY t.decided_at DESC, t.id
                 LIMIT :limit OFFSET :offset
                """)
        .bind("creator", creator)
        .bind("nanoId", nanoId)
        .bind("limit", page.limit())
        .bind("offset", page.offset())
        .map(JSON)
        .list();
  }

  long total(Handle tx, UUID creator, @Nullable UUID nanoId) {
    return tx.createQuery(
            """
            SELECT count(*)
              FROM moderation_case t
              JOIN nano n ON n.id = t.nano_id
             WHERE t.kind = 'takedown' AND n.status <> 'deleted' AND n.creator_id = :creator
               AND (CAST(:nanoId AS uuid) IS NULL OR n.id = :nanoId)
            """)
        .bind("creator", creator)
        .bind("nanoId", nanoId)
        .mapTo(Long.class)
        .one();
  }

  private static String json(ResultSet rs) throws SQLException {
    Instant decidedAt = rs.getTimestamp("decided_at").toInstant();
    boolean appealed = rs.getString("appeal") != null;
    String id = rs.getString("id");
    String reason = rs.getString("reason");
    String nano = nano(rs);
    String appeal = appealed ? appeal(rs) : "null";
    return Json.text(json ->
        json.object(o ->
            o.field("id", id)
                .field("decision", "takedown")
                .field("reason", reason)
                .field("decided_at", decidedAt)
                .field("appeal_until", decidedAt.plus(Appeals.WINDOW))
                .rawField("nano", nano)
                .rawField("appeal", appeal)));
  }

  private static String nano(ResultSet rs) throws SQLException {
    String id = rs.getString("nano_id");
    String slug = rs.getString("slug");
    String title = rs.getString("title");
    String status = rs.getString("nano_status");
    return object(
        o -> o.field("id", id).field("slug", slug).field("title", title).field("status", status));
  }

  private static String appeal(ResultSet rs) throws SQLException {
    String status = rs.getString("appeal_status");
    Instant submittedAt = rs.getTimestamp("submitted_at").toInstant();
    String statement = rs.getString("statement");
    String decision = rs.getString("appeal_decision");
    String answer = rs.getString("answer");
    return object(o ->
        o.field("status", status)
            .field("submitted_at", submittedAt)
            .field("statement", statement)
            .field("decision", decision)
            .field("reason", answer));
  }

  private static String object(java.util.function.Consumer<JsonWriter> members) {
    return Json.text(json -> json.object(members));
  }
}
