package dev.nanoctl.server.rating;

import dev.nanoctl.core.json.Json;
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
import org.jspecify.annotations.Nullable;

/** The tables {@code rating} and {@code rating_helpful}. */
final class RatingStore {
  private static final String SELECT =
      """
      SELECT r.id, r.score, r.comment, r.reply, r.replied_at, r.helpful, r.created_at,
             r.updated_at, r.row_version, u.username, %s AS display_name,
             coalesce(r.user_id = :viewer, false) AS mine,
             EXISTS (SELECT 1 FROM rating_helpful h
                      WHERE h.rating_id = r.id AND h.user_id = :viewer) AS found_helpful
        FROM rating r JOIN app_user u ON u.id = r.user_id
      """
          .formatted(ItemRows.DISPLAY_NAME);

  private static final RowMapper<String> JSON =
      (rs, _) -> Json.text(json -> json.object(rating -> write(rating, rs)));

  private static final RowMapper<Rating> ROW =
      (rs, _) ->
          new Rating(
              rs.getObject("id", UUID.class),
              rs.getObject("nano_id", UUID.class),
              rs.getObject("user_id", UUID.class),
              rs.getInt("score"),
              rs.getString("comment"),
              rs.getLong("row_version"));

  /** Adds a rating; false when this person has rated the nano already. */
  boolean insert(Handle tx, Rating rating, Instant now) {
    return tx.createUpdate(
                """
                INSERT INTO rating (id, nano_id, user_id, score, comment, created_at, updated_at)
                VALUES (:id, :nanoId, :userId, :score, :comment, :now, :now)
                ON CONFLICT (nano_id, user_id) DO NOTHING
                """)
            .bind("id", rating.id())
            .bind("nanoId", rating.nanoId())
            .bind("userId", rating.userId())
            .bind("score", rating.score())
            .bind("comment", rating.comment())
            .bind("now", now)
            .execute()
        == 1;
  }

  Optional<Rating> find(Handle tx, UUID id) {
    return tx.createQuery(
            "SELECT id, nano_id, user_id, score, comment, row_version FROM rating WHERE id = :id")
        .bind("id", id)
        .map(ROW)
        .findOne();
  }

  void update(Handle tx, UUID id, int score, @Nullable String comment, Instant now) {
    tx.createUpdate(
            """
            UPDATE rating
               SET score = :score, comment = :comment, updated_at = :now,
                   row_version = row_version + 1
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("score", score)
        .bind("comment", comment)
        .bind("now", now)
        .execute();
  }

  void delete(Handle tx, UUID id) {
    tx.createUpdate("DELETE FROM rating WHERE id = :id").bind("id", id).execute();
  }

  void reply(Handle tx, UUID id, @Nullable String reply, Instant now) {
    tx.createUpdate(
            """
            UPDATE rating
               SET reply = :reply, replied_at = CASE WHEN CAST(:reply AS text) IS NULL THEN NULL
                                                     ELSE CAST(:now AS timestamptz) END,
                   row_version = row_version + 1
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("reply", reply)
        .bind("now", now)
        .execute();
  }

  /** Marks a rating as helpful, or takes the mark back; doing it twice changes nothing. */
  void helpful(Handle tx, UUID id, UUID userId, boolean helpful) {
    int changed =
        tx.createUpdate(
                helpful
                    ? """
                    INSERT INTO rating_helpful (rating_id, user_id) VALUES (:id, :userId)
                    ON CONFLICT DO NOTHING
                    """
                    : "DELETE FROM rating_helpful WHERE rating_id = :id AND user_id = :userId")
            .bind("id", id)
            .bind("userId", userId)
            .execute();
    tx.createUpdate("UPDATE rating SET helpful = helpful + :by WHERE id = :id")
        .bind("id", id)
        .bind("by", helpful ? changed : -changed)
        .execute();
  }

  /** One page, the newest first, as JSON texts. */
  List<String> page(Handle tx, UUID nanoId, @Nullable UUID viewer, Page page) {
    return tx.createQuery(
            SELECT
                + """
                WHERE r.nano_id = :nanoId
                ORDER BY r.created_at DESC, r.id DESC
                LIMIT :limit OFFSET :offset
                """)
        .bind("nanoId", nanoId)
        .bind("viewer", viewer)
        .bind("limit", page.limit())
        .bind("offset", page.offset())
        .map(JSON)
        .list();
  }

  /** One rating as JSON text. */
  String shown(Handle tx, UUID id, UUID viewer) {
    return tx.createQuery(SELECT + "WHERE r.id = :id")
        .bind("id", id)
        .bind("viewer", viewer)
        .map(JSON)
        .one();
  }

  /** How many ratings a nano has of each score. */
  Histogram histogram(Handle tx, UUID nanoId) {
    long[] counts = new long[Histogram.BEST + 1];
    tx.createQuery("SELECT score, count(*) AS n FROM rating WHERE nano_id = :id GROUP BY score")
        .bind("id", nanoId)
        .map((rs, _) -> counts[rs.getInt("score")] = rs.getLong("n"))
        .list();
    return Histogram.of(counts);
  }

  private static void write(JsonWriter json, ResultSet rs) {
    ItemRows.reading(() -> {
      json.field("id", rs.getString("id")).name("user").startObject();
      json.field("username", rs.getString("username"))
          .field("display_name", rs.getString("display_name"))
          .endObject();
      json.field("score", rs.getInt("score"))
          .field("comment", rs.getString("comment"))
          .field("reply", rs.getString("reply"))
          .field("replied_at", ItemRows.time(rs, "replied_at"))
          .field("helpful", rs.getLong("helpful"))
          .field("found_helpful", rs.getBoolean("found_helpful"))
          .field("created_at", ItemRows.time(rs, "created_at"))
          .field("updated_at", ItemRows.time(rs, "updated_at"))
          .field("row_version", rs.getLong("row_version"))
          .field("mine", rs.getBoolean("mine"));
    });
  }
}
