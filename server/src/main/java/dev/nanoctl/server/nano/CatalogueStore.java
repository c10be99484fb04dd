package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.http.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** The queries behind the public lists: one a page, one for its total. */
final class CatalogueStore {
  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final RowMapper<String> MINE =
      (rs, _) ->
          Json.text(json ->
              json.object(item -> {
                ItemRows.write(item, rs);
                ItemRows.reading(() ->
                    item.field("status", rs.getString("status"))
                        .field("review_reason", rs.getString("review_reason"))
                        .field("visibility", rs.getString("visibility"))
                        .field("newest_version", rs.getString("newest_version"))
                        .field("newest_version_status", rs.getString("newest_status"))
                        .field("row_version", rs.getLong("row_version")));
              }));

  private static final String BELOW =
      """
      EXISTS (SELECT 1 FROM nano_category nc
               WHERE nc.nano_id = n.id
                 AND nc.category_id IN (
                   WITH RECURSIVE below AS (
                     SELECT id FROM category WHERE slug = ANY(:categories)
                     UNION
                     SELECT c.id FROM category c JOIN below ON c.parent_id = below.id)
                   SELECT id FROM below))
      """;

  /** Which nanos stand on one page: one index tells it. */
  List<UUID> page(Handle tx, NanoFilter filter, Page page) {
    Query query =
        tx.createQuery(
            "SELECT n.id FROM nano n WHERE "
                + where(filter)
                + " ORDER BY "
                + filter.sort().order()
                + " LIMIT :limit OFFSET :offset");
    return bind(query, filter)
        .bind("limit", page.limit())
        .bind("offset", page.offset())
        .mapTo(UUID.class)
        .list();
  }

  /** The items of these nanos as JSON texts, by id. */
  Map<UUID, String> items(Handle tx, List<UUID> ids) {
    return tx.createQuery(
            "SELECT "
                + ItemRows.COLUMNS
                + " FROM nano n "
                + ItemRows.JOINS
                + " WHERE n.id = ANY(:ids)")
        .bindArray("ids", UUID.class, ids)
        .map((rs, context) ->
            Map.entry(rs.getObject("id", UUID.class), ItemRows.JSON.map(rs, context)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** How many there are in all. */
  long total(Handle tx, NanoFilter filter) {
    Query query = tx.createQuery("SELECT count(*) FROM nano n WHERE " + where(filter));
    return bind(query, filter).mapTo(Long.class).one();
  }

  /** Published nanos that share most categories and tags with this one, in its language first. */
  List<String> related(Handle tx, UUID id, int limit) {
    return tx.createQuery(
            """
            WITH me AS (SELECT id, language, tags FROM nano WHERE id = :id),
            near AS (
              SELECT n.id,
                     (SELECT count(*) FROM nano_category a
                        JOIN nano_category b ON b.category_id = a.category_id
                       WHERE a.nano_id = n.id AND b.nano_id = me.id) * 2
                     + (SELECT count(*) FROM unnest(n.tags) t WHERE t = ANY(me.tags)) * 3
                     + CAST(n.language = me.language AS int) AS nearness,
                     n.rating_score
                FROM nano n CROSS JOIN me
               WHERE n.listed AND n.id <> me.id
                 AND (n.tags && me.tags OR EXISTS (
                       SELECT 1 FROM nano_category a
                         JOIN nano_category b ON b.category_id = a.category_id
                        WHERE a.nano_id = n.id AND b.nano_id = me.id))
               ORDER BY nearness DESC, n.rating_score DESC, n.id DESC
               LIMIT :limit)
            SELECT %s
              FROM near JOIN nano n ON n.id = near.id
              %s
             ORDER BY near.nearness DESC, near.rating_score DESC, n.id DESC
            """
                .formatted(ItemRows.COLUMNS, ItemRows.JOINS))
        .bind("id", id)
        .bind("limit", limit)
        .map(ItemRows.JSON)
        .list();
  }

  /** What one person has made, as items with status and reason. */
  List<String> mine(Handle tx, UUID creatorId, Optional<NanoStatus> status, Page page) {
    return tx.createQuery(
            """
            SELECT %s, n.status, n.review_reason, n.row_version, n.visibility,
                   newest.semver AS newest_version, newest.status AS newest_status
              FROM nano n
              %s
              LEFT JOIN LATERAL (
                SELECT o.semver, o.status FROM nano_version o
                 WHERE o.nano_id = n.id ORDER BY o.number DESC LIMIT 1) newest ON true
             WHERE n.creator_id = :creatorId AND n.status <> 'deleted'
               AND (CAST(:status AS text) IS NULL OR n.status = :status)
             ORDER BY n.updated_at DESC, n.id DESC
             LIMIT :limit OFFSET :offset
            """
                .formatted(ItemRows.COLUMNS, ItemRows.JOINS))
        .bind("creatorId", creatorId)
        .bind("status", status.map(NanoStatus::code).orElse(null))
        .bind("limit", page.limit())
        .bind("offset", page.offset())
        .map(MINE)
        .list();
  }

  long totalMine(Handle tx, UUID creatorId, Optional<NanoStatus> status) {
    return tx.createQuery(
            """
            SELECT count(*) FROM nano n
             WHERE n.creator_id = :creatorId AND n.status <> 'deleted'
               AND (CAST(:status AS text) IS NULL OR n.status = :status)
            """)
        .bind("creatorId", creatorId)
        .bind("status", status.map(NanoStatus::code).orElse(null))
        .mapTo(Long.class)
        .one();
  }

  /** The item of one nano, whatever its status. */
  Optional<String> item(Handle tx, UUID id) {
    return tx.createQuery(
            "SELECT " + ItemRows.COLUMNS + " FROM nano n " + ItemRows.JOINS + " WHERE n.id = :id")
        .bind("id", id)
        .map(ItemRows.JSON)
        .findOne();
  }

  private static String where(NanoFilter filter) {
    List<String> conditions = new ArrayList<>();
    conditions.add("n.listed");
    NanoFilter.Facts facts = filter.facts();
    if (!filter.categories().isEmpty()) {
      conditions.add(BELOW);
    }
    if (!facts.levels().isEmpty()) {
      conditions.add("n.level = ANY(:levels)");
    }
    if (!facts.languages().isEmpty()) {
      conditions.add("n.language = ANY(:languages)");
    }
    if (!facts.formats().isEmpty()) {
      conditions.add("n.formats && CAST(:formats AS text[])");
    }
    if (!facts.licences().isEmpty()) {
      conditions.add("n.licence = ANY(:licences)");
    }
    if (facts.durationMin() > 0 || facts.durationMax() < Integer.MAX_VALUE) {
      // "+ 0": a plan made for any range must not take the range for a narrow one and, for its
      // index, give up the index that already has the wanted order
      conditions.add("n.duration_minutes + 0 BETWEEN :durationMin AND :durationMax");
    }
    String creator = filter.creator();
    if (creator != null) {
      conditions.add(
          UUID_SHAPE.matcher(creator).matches()
              ? "n.creator_id = CAST(:creator AS uuid)"
              : "n.creator_id = (SELECT id FROM app_user WHERE username = :creator)");
    }
    return String.join(" AND ", conditions);
  }

  private static <T extends SqlStatement<T>> T bind(T query, NanoFilter filter) {
    NanoFilter.Facts facts = filter.facts();
    String creator = filter.creator();
    if (!filter.categories().isEmpty()) {
      query.bindArray("categories", String.class, filter.categories());
    }
    if (!facts.levels().isEmpty()) {
      query.bindArray("levels", Integer.class, facts.levels());
    }
    if (!facts.languages().isEmpty()) {
      query.bindArray("languages", String.class, facts.languages());
    }
    if (!facts.formats().isEmpty()) {
      query.bindArray("formats", String.class, facts.formats());
    }
    if (!facts.licences().isEmpty()) {
      query.bindArray("licences", String.class, facts.licences());
    }
    if (facts.durationMin() > 0 || facts.durationMax() < Integer.MAX_VALUE) {
      query.bind("durationMin", facts.durationMin()).bind("durationMax", facts.durationMax());
    }
    if (creator != null) {
      query.bind("creator", creator);
    }
    return query;
  }
}
