package dev.nanoctl.server.nano;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Published nanos for feeds, the newest first. */
final class FeedStore {
  /** One nano in a feed. */
  record Entry(String slug, String title, @Nullable String summary, String author, Times times) {}

  /** When a nano was published and last changed. */
  record Times(Instant published, Instant updated) {}

  private static final String SELECT =
      """
      SELECT n.slug, n.title, n.description, %s AS display_name, n.published_at, n.updated_at
        FROM nano n JOIN app_user u ON u.id = n.creator_id
       WHERE n.listed
       ORDER BY n.published_at DESC, n.id DESC
       LIMIT :limit
      """
          .formatted(ItemRows.DISPLAY_NAME);

  private static final RowMapper<Entry> ROW =
      (rs, _) ->
          new Entry(
              rs.getString("slug"),
              rs.getString("title"),
              rs.getString("description"),
              rs.getString("display_name"),
              new Times(
                  rs.getTimestamp("published_at").toInstant(),
                  rs.getTimestamp("updated_at").toInstant()));

  List<Entry> newest(Handle tx, int limit) {
    return tx.createQuery(SELECT).bind("limit", limit).map(ROW).list();
  }
}
