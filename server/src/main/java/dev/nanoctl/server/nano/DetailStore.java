package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonWriter;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** One nano with everything there is to show, in one query. */
final class DetailStore {
  private static final String SELECT =
      """
      SELECT %s,
             n.details_md, n.delivery, n.instructor_required, n.objectives, n.target_group,
             n.prerequisites, n.licence_terms, n.attribution, n.exchange, n.visibility,
             n.rights_confirmed, n.based_on, n.source, n.status, n.review_reason, n.created_at,
             n.row_version, p.sha256, p.size, p.kind, p.entries, p.launch_file,
             CAST(coalesce(
               (SELECT json_agg(json_build_object(
                         'version', o.semver, 'changelog', o.changelog, 'status', o.status,
                         'created_at', to_char(o.created_at AT TIME ZONE 'UTC',
                                               'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                         'approved_at', to_char(o.approved_at AT TIME ZONE 'UTC',
                                                'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                         'size', op.size, 'kind', op.kind, 'sha256', op.sha256) ORDER BY o.number DESC)
                  FROM nano_version o JOIN package op ON op.id = o.package_id
                 WHERE o.nano_id = n.id AND (:insider OR o.status = 'approved')), '[]') AS text)
               AS versions
        FROM nano n
        JOIN app_user u ON u.id = n.creator_id
        LEFT JOIN nano_version v ON v.id = coalesce(
          n.live_version_id,
          (SELECT id FROM nano_version WHERE nano_id = n.id ORDER BY number DESC LIMIT 1))
        LEFT JOIN package p ON p.id = v.package_id
      """
          .formatted(ItemRows.COLUMNS);

  /** A nano by id or by its present slug, for readers or for those who work on it. */
  Optional<DetailRow> find(Handle tx, @Nullable UUID id, String slug, boolean insider) {
    String where = id == null ? "WHERE n.slug = :slug" : "WHERE n.id = :id";
    var query = tx.createQuery(SELECT + where).bind("insider", insider);
    return (id == null ? query.bind("slug", slug) : query.bind("id", id))
        .map(row(insider))
        .findOne();
  }

  /** The present slug of a nano that had this one before. */
  Optional<String> movedTo(Handle tx, String formerSlug) {
    return tx.createQuery(
            """
            SELECT n.slug
              FROM nano_former_slug f JOIN nano n ON n.id = f.nano_id
             WHERE f.slug = :slug AND n.status = 'published'
            """)
        .bind("slug", formerSlug)
        .mapTo(String.class)
        .findOne();
  }

  private static RowMapper<DetailRow> row(boolean insider) {
    return (rs, _) ->
        new DetailRow(
            rs.getObject("id", UUID.class),
            rs.getObject("creator_id", UUID.class),
            rs.getString("slug"),
            NanoStatus.of(rs.getString("status")).orElseThrow(),
            rs.getLong("row_version"),
            Json.text(json -> json.object(detail -> write(detail, rs, insider))));
  }

  private static void write(JsonWriter json, ResultSet rs, boolean insider) {
    ItemRows.write(json, rs);
    ItemRows.reading(() -> {
      String licence = rs.getString("licence");
      Optional<Licences.Licence> known =
          licence == null ? Optional.empty() : Licences.find(licence);
      json.field("details_md", rs.getString("details_md"))
          .field("delivery", rs.getString("delivery"))
          .field("instructor_required", rs.getBoolean("instructor_required"))
          .texts("objectives", ItemRows.texts(rs, "objectives"))
          .field("target_group", rs.getString("target_group"))
          .field("prerequisites", rs.getString("prerequisites"))
          .field("licence_name", known.map(Licences.Licence::name).orElse(null))
          .field("licence_url", known.map(Licences.Licence::url).orElse(null))
          .field("licence_terms", rs.getString("licence_terms"))
          .field("attribution", rs.getString("attribution"))
          .field("exchange", rs.getString("exchange"))
          .field("visibility", rs.getString("visibility"))
          .field("based_on", rs.getString("based_on"))
          .field("source", rs.getString("source"))
          .field("status", rs.getString("status"))
          .field("review_reason", insider ? rs.getString("review_reason") : null)
          .field("rights_confirmed", rs.getBoolean("rights_confirmed"))
          .field("created_at", ItemRows.time(rs, "created_at"))
          .field("row_version", rs.getLong("row_version"));
      content(json, rs);
      json.rawField("versions", rs.getString("versions"));
    });
  }

  private static void content(JsonWriter json, ResultSet rs) {
    ItemRows.reading(() -> {
      if (rs.getString("sha256") == null) {
        json.nullField("package");
        return;
      }
      json.name("package")
          .startObject()
          .field("sha256", rs.getString("sha256"))
          .field("size", rs.getLong("size"))
          .field("kind", rs.getString("kind"))
          .field("entries", rs.getLong("entries"))
          .field("launch_file", rs.getString("launch_file"))
          .endObject();
    });
  }
}
