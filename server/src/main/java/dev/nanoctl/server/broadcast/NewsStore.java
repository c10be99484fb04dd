package dev.nanoctl.server.broadcast;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Announcements that were committed and may not have been told yet. */
final class NewsStore {
  /** Announcements of tools are told by any server, at once. */
  static final String TOOL = "tool";

  /**
   * One announcement.
   *
   * @param id its key
   * @param sender who announced it
   * @param topics what has changed
   */
  record Row(long id, String sender, List<String> topics) {}

  private static final RowMapper<Row> ROW =
      (rs, _) -> new Row(rs.getLong("id"), rs.getString("sender"), texts(rs.getArray("topics")));

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  long insert(Handle tx, String sender, Collection<String> topics) {
    return tx.createQuery(
            "INSERT INTO news (sender, topics) VALUES (:sender, :topics) RETURNING id")
        .bind("sender", sender)
        .bindArray("topics", String.class, topics)
        .mapTo(Long.class)
        .one();
  }

  /** What nobody seems to tell; locked, so that only one server tells it. */
  List<Row> left(Handle tx, int most) {
    return tx.createQuery(
            """
            SELECT id, sender, topics
              FROM news
             WHERE sender = :tool OR created_at < clock_timestamp() - interval '2 seconds'
             ORDER BY id
             LIMIT :most
               FOR UPDATE SKIP LOCKED
            """)
        .bind("tool", TOOL)
        .bind("most", most)
        .map(ROW)
        .list();
  }

  void delete(Handle tx, Collection<Long> ids) {
    tx.createUpdate("DELETE FROM news WHERE id = ANY(:ids)")
        .bindArray("ids", Long.class, ids)
        .execute();
  }
}
