package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Published nanos with everything a search engine wants to know. */
final class SearchStore {
  private static final int BATCH = 200;

  private static final String SELECT =
      """
      SELECT %s,
             n.details_md, n.delivery, n.instructor_required, n.objectives, n.target_group,
             n.prerequisites, n.licence_terms, n.attribution, n.exchange, n.visibility,
             n.rights_confirmed, n.based_on, n.rating_score, p.text AS package_text,
             ARRAY(WITH RECURSIVE up AS (
                     SELECT c.slug, c.parent_id
                       FROM nano_category nc JOIN category c ON c.id = nc.category_id
                      WHERE nc.nano_id = n.id
                     UNION
                     SELECT c.slug, c.parent_id FROM up JOIN category c ON c.id = up.parent_id)
                   SELECT DISTINCT slug FROM up ORDER BY slug) AS shelves
        FROM nano n
        %s
        JOIN package p ON p.id = v.package_id
      """
          .formatted(ItemRows.COLUMNS, ItemRows.JOINS);

  private static final RowMapper<SearchDocument> ROW =
      (rs, context) -> row(rs, ItemRows.JSON.map(rs, context));

  Optional<SearchDocument> find(Handle tx, UUID id) {
    return tx.createQuery(SELECT + " WHERE n.id = :id AND n.listed")
        .bind("id", id)
        .map(ROW)
        .findOne();
  }

  /** A published nano by id or slug, be it listed or not. */
  Optional<SearchDocument> published(Handle tx, String idOrSlug) {
    return tx.createQuery(
            SELECT
                + """
                WHERE n.status = 'published'
                  AND (n.slug = :reference OR CAST(n.id AS text) = lower(:reference))
                """)
        .bind("reference", idOrSlug)
        .map(ROW)
        .findOne();
  }

  /** Goes through all by id, a batch at a time: texts of packages are long. */
  void each(Handle tx, Consumer<SearchDocument> consumer) {
    UUID last = new UUID(0, 0);
    while (true) {
      List<SearchDocument> batch =
          tx.createQuery(SELECT + " WHERE n.listed AND n.id > :last ORDER BY n.id LIMIT :batch")
              .bind("last", last)
              .bind("batch", BATCH)
              .map(ROW)
              .list();
      batch.forEach(consumer);
      if (batch.size() < BATCH) {
        return;
      }
      last = batch.getLast().id();
    }
  }

  /** The published nanos that are filed under a category or below it. */
  static List<UUID> filedBelow(Handle tx, UUID categoryId) {
    return tx.createQuery(
            """
            WITH RECURSIVE below AS (
              SELECT id FROM category WHERE id = :category
              UNION
              SELECT c.id FROM category c JOIN below ON c.parent_id = below.id)
            SELECT n.id FROM nano n
             WHERE n.status = 'published'
               AND EXISTS (SELECT 1 FROM nano_category nc JOIN below ON below.id = nc.category_id
                            WHERE nc.nano_id = n.id)
             ORDER BY n.id
            """)
        .bind("category", categoryId)
        .mapTo(UUID.class)
        .list();
  }

  /** When each of them was last changed. */
  Map<UUID, Instant> changes(Handle tx) {
    Map<UUID, Instant> changes = new HashMap<>();
    tx.createQuery("SELECT n.id, n.updated_at FROM nano n WHERE n.listed")
        .map((rs, _) ->
            Map.entry(
                rs.getObject("id", UUID.class),
                rs.getObject("updated_at", OffsetDateTime.class).toInstant()))
        .forEach(change -> changes.put(change.getKey(), change.getValue()));
    return changes;
  }

  private static SearchDocument row(ResultSet rs, String item) throws SQLException {
    List<SearchDocument.Category> categories =
        Json.parse(rs.getString("categories")) instanceof JsonArray array
            ? array.objects().map(SearchStore::category).toList()
            : List.of();
    return new SearchDocument(
        rs.getObject("id", UUID.class),
        NanoStore.fields(rs, categories.stream().map(SearchDocument.Category::slug).toList()),
        new SearchDocument.Shelves(categories, ItemRows.texts(rs, "shelves")),
        new SearchDocument.Facts(
            rs.getString("slug"),
            rs.getString("username"),
            rs.getString("display_name"),
            rs.getDouble("rating_score"),
            rs.getLong("downloads"),
            rs.getObject("published_at", OffsetDateTime.class).toInstant()),
        item,
        rs.getString("package_text"));
  }

  private static SearchDocument.Category category(JsonObject json) {
    return new SearchDocument.Category(
        json.text("slug").orElseThrow(),
        json.text("name_de").orElseThrow(),
        json.text("name_en").orElseThrow());
  }
}
