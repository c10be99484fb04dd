package dev.nanoctl.server.nano;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The tables {@code nano}, {@code nano_category} and {@code nano_former_slug}: rows in and out. */
final class NanoStore {
  private static final String COLUMNS =
      """
      n.id, n.creator_id, n.slug, n.title, n.description, n.details_md, n.tags, n.objectives,
      n.duration_minutes, n.level, n.language, n.formats, n.delivery, n.instructor_required,
      n.target_group, n.prerequisites, n.licence, n.licence_terms, n.attribution, n.exchange,
      n.visibility, n.rights_confirmed, n.based_on, n.status, n.review_reason, n.live_version_id,
      n.source, n.published_at, n.row_version,
      ARRAY(SELECT c.slug FROM nano_category nc JOIN category c ON c.id = nc.category_id
             WHERE nc.nano_id = n.id ORDER BY nc.rank) AS categories
      """;

  private static final RowMapper<NanoRow> ROW =
      (rs, _) ->
          new NanoRow(
              rs.getObject("id", UUID.class),
              rs.getObject("creator_id", UUID.class),
              rs.getString("slug"),
              fields(rs, ItemRows.texts(rs, "categories")),
              state(rs));

  /** The published nanos of a creator. */
  List<UUID> publishedBy(Handle tx, UUID creatorId) {
    return tx.createQuery(
            "SELECT id FROM nano WHERE creator_id = :creator AND status = 'published' ORDER BY id")
        .bind("creator", creatorId)
        .mapTo(UUID.class)
        .list();
  }

  void insert(Handle tx, NanoRow nano, Instant now) {
    fields(
            tx.createUpdate(
                """
                INSERT INTO nano (id, creator_id, slug, title, title_key, description, details_md, tags,
                    objectives, duration_minutes, level, language, formats, delivery,
                    instructor_required, target_group, prerequisites, licence, licence_terms,
                    attribution, exchange, visibility, rights_confirmed, based_on, source, status,
                    created_at, updated_at, status_changed_at)
                VALUES (:id, :creatorId, :slug, :title, :titleKey, :description, :detailsMd, :tags,
                    :objectives, :durationMinutes, :level, :language, :formats, :delivery,
                    :instructorRequired, :targetGroup, :prerequisites, :licence, :licenceTerms,
                    :attribution, :exchange, :visibility, :rightsConfirmed, :basedOn, :source,
                    :status, :now, :now, :now)
                """),
            nano.fields())
        .bind("id", nano.id())
        .bind("creatorId", nano.creatorId())
        .bind("slug", nano.slug())
        .bind("source", nano.state().source())
        .bind("status", nano.state().status().code())
        .bind("now", now)
        .execute();
  }

  /** Writes changed fields with all that hangs on them: the slug, its history, the categories. */
  void change(Handle tx, NanoRow before, NanoFields fields, NanoStatus next, Instant now) {
    UUID id = before.id();
    boolean renamed = !before.fields().about().title().equals(fields.about().title());
    String slug = renamed ? Slugs.of(fields.about().title(), id) : before.slug();
    if (!slug.equals(before.slug())) {
      keepFormerSlug(tx, id, before.slug());
    }
    var state =
        new NanoRow.State(
            next,
            before.state().reviewReason(),
            before.state().liveVersionId(),
            before.state().source(),
            before.state().publishedAt(),
            before.state().rowVersion());
    update(tx, new NanoRow(id, before.creatorId(), slug, fields, state), now);
    if (!before.fields().categories().equals(fields.categories())) {
      replaceCategories(tx, id, fields.categories());
    }
  }

  /** Writes the fields, the slug and the status, and counts the row version up. */
  private void update(Handle tx, NanoRow nano, Instant now) {
    fields(
            tx.createUpdate(
                """
                UPDATE nano
                   SET slug = :slug, title = :title, title_key = :titleKey, description = :description,
                       details_md = :detailsMd, tags = :tags, objectives = :objectives,
                       duration_minutes = :durationMinutes, level = :level, language = :language,
                       formats = :formats, delivery = :delivery,
                       instructor_required = :instructorRequired, target_group = :targetGroup,
                       prerequisites = :prerequisites, licence = :licence,
                       licence_terms = :licenceTerms, attribution = :attribution,
                       exchange = :exchange, visibility = :visibility,
                       rights_confirmed = :rightsConfirmed, based_on = :basedOn,
                       status_changed_at = CASE WHEN status = :status THEN status_changed_at
                                                ELSE :now END,
                       status = :status, updated_at = :now, row_version = row_version + 1
                 WHERE id = :id
                """),
            nano.fields())
        .bind("id", nano.id())
        .bind("slug", nano.slug())
        .bind("status", nano.state().status().code())
        .bind("now", now)
        .execute();
  }

  /** Moves a nano to another status; a reason stays until the next move. */
  void move(Handle tx, UUID id, NanoStatus status, @Nullable String reason, Instant now) {
    tx.createUpdate(
            """
            UPDATE nano
               SET status = :status, review_reason = :reason, updated_at = :now,
                   status_changed_at = CASE WHEN status = :status THEN status_changed_at
                                            ELSE :now END,
                   row_version = row_version + 1
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("status", status.code())
        .bind("reason", reason)
        .bind("now", now)
        .execute();
  }

  /** Publishes a nano with this version; its first publication stays its date. */
  void publish(Handle tx, UUID id, UUID versionId, Instant now) {
    tx.createUpdate(
            """
            UPDATE nano
               SET status = 'published', live_version_id = :versionId, review_reason = NULL,
                   published_at = coalesce(published_at, :now), updated_at = :now,
                   status_changed_at = CASE WHEN status = 'published' THEN status_changed_at
                                            ELSE :now END,
                   row_version = row_version + 1
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("versionId", versionId)
        .bind("now", now)
        .execute();
  }

  Optional<NanoRow> find(Handle tx, UUID id) {
    return tx.createQuery("SELECT " + COLUMNS + " FROM nano n WHERE n.id = :id")
        .bind("id", id)
        .map(ROW)
        .findOne();
  }

  /** The nano, and nobody else changes it until the transaction ends. */
  Optional<NanoRow> lock(Handle tx, UUID id) {
    return tx.createQuery(
            "SELECT " + COLUMNS + " FROM nano n WHERE n.id = :id FOR NO KEY UPDATE OF n")
        .bind("id", id)
        .map(ROW)
        .findOne();
  }

  /** What counting needs to know of a nano. */
  record Held(UUID creatorId, NanoStatus status) {}

  /** Like {@link #lock}, reading next to nothing. */
  Optional<Held> hold(Handle tx, UUID id) {
    return tx.createQuery("SELECT creator_id, status FROM nano WHERE id = :id FOR NO KEY UPDATE")
        .bind("id", id)
        .map((rs, _) ->
            new Held(
                rs.getObject("creator_id", UUID.class),
                NanoStatus.of(rs.getString("status")).orElseThrow()))
        .findOne();
  }

  Optional<NanoRow> lockBySource(Handle tx, String source) {
    return tx.createQuery(
            "SELECT " + COLUMNS + " FROM nano n WHERE n.source = :source FOR NO KEY UPDATE OF n")
        .bind("source", source)
        .map(ROW)
        .findOne();
  }

  /** Files the nano anew under these categories. */
  private void replaceCategories(Handle tx, UUID nanoId, List<String> slugs) {
    tx.createUpdate("DELETE FROM nano_category WHERE nano_id = :id").bind("id", nanoId).execute();
    setCategories(tx, nanoId, slugs);
  }

  /** Files a new nano under these categories, in this order; unknown slugs must not get here. */
  void setCategories(Handle tx, UUID nanoId, List<String> slugs) {
    if (!slugs.isEmpty()) {
      tx.createUpdate(
              """
              INSERT INTO nano_category (nano_id, rank, category_id)
              SELECT :id, wanted.rank, c.id
                FROM unnest(CAST(:slugs AS text[])) WITH ORDINALITY AS wanted (slug, rank)
                JOIN category c ON c.slug = wanted.slug
              """)
          .bind("id", nanoId)
          .bindArray("slugs", String.class, slugs)
          .execute();
    }
  }

  /** Which of these slugs name no category that is in use. */
  List<String> missingCategories(Handle tx, List<String> slugs) {
    return tx.createQuery(
            """
            SELECT wanted.slug
              FROM unnest(CAST(:slugs AS text[])) AS wanted (slug)
             WHERE NOT EXISTS (SELECT 1 FROM category c WHERE c.slug = wanted.slug AND c.active)
            """)
        .bindArray("slugs", String.class, slugs)
        .mapTo(String.class)
        .list();
  }

  private void keepFormerSlug(Handle tx, UUID nanoId, String slug) {
    tx.createUpdate(
            """
            INSERT INTO nano_former_slug (slug, nano_id) VALUES (:slug, :id)
            ON CONFLICT (slug) DO NOTHING
            """)
        .bind("slug", slug)
        .bind("id", nanoId)
        .execute();
  }

  void countDownload(Handle tx, UUID id) {
    tx.createUpdate("UPDATE nano SET downloads = downloads + 1 WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  void countRating(Handle tx, UUID id, int sum, int count) {
    tx.createUpdate(
            """
            UPDATE nano SET rating_sum = rating_sum + :sum, rating_count = rating_count + :count
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("sum", sum)
        .bind("count", count)
        .execute();
  }

  private static <T extends SqlStatement<T>> T fields(T statement, NanoFields fields) {
    About about = fields.about();
    Teaching teaching = fields.teaching();
    Rights rights = fields.rights();
    return statement
        .bind("title", about.title())
        .bind("titleKey", Slugs.sortKey(about.title()))
        .bind("description", about.description())
        .bind("detailsMd", about.detailsMd())
        .bindArray("tags", String.class, about.tags())
        .bindArray("objectives", String.class, about.objectives())
        .bind("durationMinutes", teaching.durationMinutes())
        .bind("level", teaching.level())
        .bind("language", teaching.language())
        .bindArray("formats", String.class, teaching.formats())
        .bind("delivery", teaching.delivery())
        .bind("instructorRequired", teaching.audience().instructorRequired())
        .bind("targetGroup", teaching.audience().targetGroup())
        .bind("prerequisites", teaching.audience().prerequisites())
        .bind("licence", rights.licence())
        .bind("licenceTerms", rights.licenceTerms())
        .bind("attribution", rights.attribution())
        .bind("exchange", rights.exchange())
        .bind("visibility", rights.visibility())
        .bind("rightsConfirmed", rights.origin().rightsConfirmed())
        .bind("basedOn", rights.origin().basedOn());
  }

  /** The fields of a row that has all their columns. */
  static NanoFields fields(ResultSet rs, List<String> categories) throws SQLException {
    return new NanoFields(about(rs), teaching(rs), rights(rs), categories);
  }

  private static About about(ResultSet rs) throws SQLException {
    return new About(
        rs.getString("title"),
        rs.getString("description"),
        rs.getString("details_md"),
        ItemRows.texts(rs, "tags"),
        ItemRows.texts(rs, "objectives"));
  }

  private static Teaching teaching(ResultSet rs) throws SQLException {
    return new Teaching(
        rs.getInt("duration_minutes"),
        rs.getInt("level"),
        rs.getString("language"),
        ItemRows.texts(rs, "formats"),
        rs.getString("delivery"),
        new Teaching.Audience(
            rs.getBoolean("instructor_required"),
            rs.getString("target_group"),
            rs.getString("prerequisites")));
  }

  private static Rights rights(ResultSet rs) throws SQLException {
    return new Rights(
        rs.getString("licence"),
        rs.getString("licence_terms"),
        rs.getString("attribution"),
        rs.getString("exchange"),
        rs.getString("visibility"),
        new Rights.Origin(rs.getBoolean("rights_confirmed"), rs.getString("based_on")));
  }

  private static NanoRow.State state(ResultSet rs) throws SQLException {
    OffsetDateTime published = rs.getObject("published_at", OffsetDateTime.class);
    return new NanoRow.State(
        NanoStatus.of(rs.getString("status")).orElseThrow(),
        rs.getString("review_reason"),
        rs.getObject("live_version_id", UUID.class),
        rs.getString("source"),
        published == null ? null : published.toInstant(),
        rs.getLong("row_version"));
  }
}
