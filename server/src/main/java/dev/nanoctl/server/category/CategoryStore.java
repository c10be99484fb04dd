package dev.nanoctl.server.category;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table {@code category}. */
final class CategoryStore {
  private static final String SELECT =
      """
      SELECT c.id, c.slug, c.name_de, c.name_en, c.parent_id, p.slug AS parent_slug, c.active,
             c.row_version
        FROM category c LEFT JOIN category p ON p.id = c.parent_id
      """;

  private static final RowMapper<Category> ROW =
      (rs, _) ->
          new Category(
              rs.getObject("id", UUID.class),
              rs.getString("slug"),
              new Category.Names(rs.getString("name_de"), rs.getString("name_en")),
              rs.getString("parent_slug"),
              rs.getBoolean("active"),
              rs.getLong("row_version"));

  /** Nobody else changes the tree until the transaction ends. */
  void lock(Handle tx) {
    tx.execute("LOCK TABLE category IN SHARE ROW EXCLUSIVE MODE");
  }

  List<Category> all(Handle tx) {
    return tx.createQuery(SELECT + " ORDER BY c.slug").map(ROW).list();
  }

  Optional<Category> find(Handle tx, UUID id) {
    return tx.createQuery(SELECT + " WHERE c.id = :id").bind("id", id).map(ROW).findOne();
  }

  void insert(Handle tx, Category category, Instant now) {
    tx.createUpdate(
            """
            INSERT INTO category
                (id, slug, name_de, name_en, parent_id, active, created_at, updated_at)
            VALUES (:id, :slug, :nameDe, :nameEn, (SELECT id FROM category WHERE slug = :parent),
                    :active, :now, :now)
            """)
        .bind("id", category.id())
        .bind("slug", category.slug())
        .bind("nameDe", category.names().german())
        .bind("nameEn", category.names().english())
        .bind("parent", category.parent())
        .bind("active", category.active())
        .bind("now", now)
        .execute();
  }

  void update(Handle tx, Category category, Instant now) {
    tx.createUpdate(
            """
            UPDATE category
               SET slug = :slug, name_de = :nameDe, name_en = :nameEn,
                   parent_id = (SELECT id FROM category WHERE slug = :parent), active = :active,
                   updated_at = :now, row_version = row_version + 1
             WHERE id = :id
            """)
        .bind("id", category.id())
        .bind("slug", category.slug())
        .bind("nameDe", category.names().german())
        .bind("nameEn", category.names().english())
        .bind("parent", category.parent())
        .bind("active", category.active())
        .bind("now", now)
        .execute();
  }

  /** Adds a category unless its slug is there; true when it was added. */
  boolean ensure(Handle tx, Category category, Instant now) {
    return tx.createUpdate(
                """
                INSERT INTO category
                    (id, slug, name_de, name_en, active, created_at, updated_at)
                VALUES (:id, :slug, :nameDe, :nameEn, true, :now, :now)
                ON CONFLICT (slug) DO NOTHING
                """)
            .bind("id", category.id())
            .bind("slug", category.slug())
            .bind("nameDe", category.names().german())
            .bind("nameEn", category.names().english())
            .bind("now", now)
            .execute()
        == 1;
  }

  /** True when a nano is filed under it. */
  boolean used(Handle tx, UUID id) {
    return tx.createQuery("SELECT EXISTS (SELECT 1 FROM nano_category WHERE category_id = :id)")
        .bind("id", id)
        .mapTo(Boolean.class)
        .one();
  }

  void delete(Handle tx, UUID id) {
    tx.createUpdate("DELETE FROM category WHERE id = :id").bind("id", id).execute();
  }

  /** How many listed nanos stand on each category and below; those without are left out. */
  Map<UUID, Long> counts(Handle tx) {
    return tx.createQuery(
            """
            WITH RECURSIVE up AS (
              SELECT id, id AS shelf FROM category
              UNION ALL
              SELECT up.id, c.parent_id FROM up JOIN category c ON c.id = up.shelf
               WHERE c.parent_id IS NOT NULL)
            SELECT up.shelf, count(DISTINCT nc.nano_id) AS nanos
              FROM up
              JOIN nano_category nc ON nc.category_id = up.id
              JOIN nano n ON n.id = nc.nano_id AND n.listed
             GROUP BY up.shelf
            """)
        .map((rs, _) -> Map.entry(rs.getObject("shelf", UUID.class), rs.getLong("nanos")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
