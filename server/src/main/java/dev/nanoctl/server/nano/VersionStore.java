package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The table {@code nano_version}. */
final class VersionStore {
  private static final RowMapper<NanoVersionRow> ROW =
      (rs, _) ->
          new NanoVersionRow(
              rs.getObject("id", UUID.class),
              rs.getInt("number"),
              Semver.of(rs.getString("semver")).orElseThrow(),
              rs.getString("changelog"),
              rs.getObject("package_id", UUID.class),
              VersionStatus.of(rs.getString("status")));

  private static final RowMapper<String> JSON =
      (rs, _) ->
          Json.text(json ->
              json.object(version ->
                  ItemRows.reading(() ->
                      version
                          .field("version", rs.getString("semver"))
                          .field("changelog", rs.getString("changelog"))
                          .field("status", rs.getString("status"))
                          .field("created_at", ItemRows.time(rs, "created_at"))
                          .field("approved_at", ItemRows.time(rs, "approved_at"))
                          .field("size", rs.getLong("size"))
                          .field("kind", rs.getString("kind"))
                          .field("sha256", rs.getString("sha256")))));

  private static final String SHOW =
      """
      SELECT v.semver, v.changelog, v.status, v.created_at, v.approved_at, p.size, p.kind,
             p.sha256
        FROM nano_version v JOIN package p ON p.id = v.package_id
      """;

  /** One version as JSON text. */
  String shown(Handle tx, UUID versionId) {
    return tx.createQuery(SHOW + " WHERE v.id = :id").bind("id", versionId).map(JSON).one();
  }

  /** The versions of a nano as JSON texts, the newest first. */
  List<String> list(Handle tx, UUID nanoId, boolean all) {
    return tx.createQuery(
            SHOW
                + """
                 WHERE v.nano_id = :nanoId AND (:all OR v.status = 'approved')
                 ORDER BY v.number DESC
                """)
        .bind("nanoId", nanoId)
        .bind("all", all)
        .map(JSON)
        .list();
  }

  /** What was said about the nano when its newest approved version was approved. */
  Optional<JsonObject> approvedMetadata(Handle tx, UUID versionId) {
    return tx.createQuery("SELECT CAST(metadata AS text) FROM nano_version WHERE id = :id")
        .bind("id", versionId)
        .mapTo(String.class)
        .findOne()
        .map(Json::parseObject);
  }

  void insert(Handle tx, UUID nanoId, NanoVersionRow version, UUID createdBy, Instant now) {
    tx.createUpdate(
            """
            INSERT INTO nano_version
                (id, nano_id, number, semver, changelog, package_id, status, created_by, created_at)
            VALUES (:id, :nanoId, :number, :semver, :changelog, :packageId, :status, :createdBy, :now)
            """)
        .bind("id", version.id())
        .bind("nanoId", nanoId)
        .bind("number", version.number())
        .bind("semver", version.semver().toString())
        .bind("changelog", version.changelog())
        .bind("packageId", version.packageId())
        .bind("status", version.status().code())
        .bind("createdBy", createdBy)
        .bind("now", now)
        .execute();
  }

  /** The newest version of a nano. */
  Optional<NanoVersionRow> newest(Handle tx, UUID nanoId) {
    return tx.createQuery(
            """
            SELECT id, number, semver, changelog, package_id, status
              FROM nano_version
             WHERE nano_id = :nanoId
             ORDER BY number DESC
             LIMIT 1
            """)
        .bind("nanoId", nanoId)
        .map(ROW)
        .findOne();
  }

  Optional<NanoVersionRow> find(Handle tx, UUID nanoId, String semver) {
    return tx.createQuery(
            """
            SELECT id, number, semver, changelog, package_id, status
              FROM nano_version
             WHERE nano_id = :nanoId AND semver = :semver
            """)
        .bind("nanoId", nanoId)
        .bind("semver", semver)
        .map(ROW)
        .findOne();
  }

  Optional<NanoVersionRow> find(Handle tx, UUID versionId) {
    return tx.createQuery(
            """
            SELECT id, number, semver, changelog, package_id, status
              FROM nano_version
             WHERE id = :id
            """)
        .bind("id", versionId)
        .map(ROW)
        .findOne();
  }

  void move(Handle tx, UUID versionId, VersionStatus status) {
    tx.createUpdate("UPDATE nano_version SET status = :status WHERE id = :id")
        .bind("id", versionId)
        .bind("status", status.code())
        .execute();
  }

  /** Approves a version and keeps what was said about the nano at that moment. */
  void approve(Handle tx, UUID versionId, String metadata, Instant now) {
    tx.createUpdate(
            """
            UPDATE nano_version
               SET status = 'approved', approved_at = :now, metadata = CAST(:metadata AS jsonb)
             WHERE id = :id
            """)
        .bind("id", versionId)
        .bind("metadata", metadata)
        .bind("now", now)
        .execute();
  }

  void changelog(Handle tx, UUID versionId, @Nullable String changelog) {
    tx.createUpdate("UPDATE nano_version SET changelog = :changelog WHERE id = :id")
        .bind("id", versionId)
        .bind("changelog", changelog)
        .execute();
  }
}
