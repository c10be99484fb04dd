package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonWriter;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query as the list items of the API, written as JSON without objects in between: this is
 * what most requests come down to.
 */
public final class ItemRows {
  /** How {@code u} is called in public: the first name and an initial, else the user name. */
  public static final String DISPLAY_NAME =
      """
      coalesce(nullif(concat_ws(' ', u.first_name, left(u.last_name, 1) || '.'), ''), u.username)\
      """;

  /**
   * What to select for an item; {@code n} is the nano, {@code u} its creator, {@code v} a version.
   */
  public static final String COLUMNS =
      """
      n.id, n.slug, n.title, n.description, n.duration_minutes, n.level, n.language, n.formats,
      n.tags, n.licence, n.rating_sum, n.rating_count, n.downloads, n.published_at, n.updated_at,
      u.id AS creator_id, u.username, %s AS display_name, v.semver,
      CAST(coalesce((SELECT json_agg(json_build_object(
                         'slug', c.slug, 'name_de', c.name_de, 'name_en', c.name_en)
                         ORDER BY nc.rank)
                  FROM nano_category nc JOIN category c ON c.id = nc.category_id
                 WHERE nc.nano_id = n.id), '[]') AS text) AS categories
      """
          .formatted(DISPLAY_NAME);

  /** What to join a nano {@code n} with. */
  public static final String JOINS =
      """
      JOIN app_user u ON u.id = n.creator_id
      LEFT JOIN nano_version v ON v.id = n.live_version_id
      """;

  /** An item as JSON text. */
  public static final RowMapper<String> JSON =
      (rs, _) ->
          Json.text(json -> {
            json.startObject();
            write(json, rs);
            json.endObject();
          });

  private ItemRows() {}

  /** Reading a row may fail; a lambda may not. */
  public interface Reading {
    /** Reads some columns. */
    void read() throws SQLException;
  }

  /** Writes the members of an item. */
  public static void write(JsonWriter json, ResultSet rs) {
    reading(() -> {
      json.field("id", rs.getString("id"))
          .field("slug", rs.getString("slug"))
          .field("title", rs.getString("title"))
          .field("description", rs.getString("description"))
          .field("duration_minutes", rs.getInt("duration_minutes"))
          .field("level", rs.getInt("level"))
          .field("language", rs.getString("language"))
          .texts("formats", texts(rs, "formats"))
          .rawField("categories", rs.getString("categories"))
          .texts("tags", texts(rs, "tags"))
          .field("licence", rs.getString("licence"));
      creator(json, rs);
      rating(json, rs.getLong("rating_sum"), rs.getLong("rating_count"));
      json.field("downloads", rs.getLong("downloads"))
          .field("version", rs.getString("semver"))
          .field("published_at", time(rs, "published_at"))
          .field("updated_at", time(rs, "updated_at"));
    });
  }

  /** Reads inside of a lambda. */
  public static void reading(Reading reading) {
    try {
      reading.read();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mean as shown: one decimal, or null while nobody has rated. */
  static void rating(JsonWriter json, long sum, long count) {
    json.object(
        "rating",
        rating -> {
          rating.field("count", count).name("average");
          average(rating, sum, count);
        });
  }

  static void average(JsonWriter json, long sum, long count) {
    if (count == 0) {
      json.value((String) null);
    } else {
      json.value(Math.round(10.0 * sum / count) / 10.0);
    }
  }

  static List<String> texts(ResultSet rs, String column) throws SQLException {
    Array array = rs.getArray(column);
    List<String> texts = new ArrayList<>();
    for (Object text : (Object[]) array.getArray()) {
      texts.add((String) text);
    }
    return texts;
  }

  /** A point in time, or null. */
  public static @Nullable Instant time(ResultSet rs, String column) throws SQLException {
    OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static void creator(JsonWriter json, ResultSet rs) {
    json.object(
        "creator",
        creator ->
            reading(() ->
                creator
                    .field("id", rs.getString("creator_id"))
                    .field("username", rs.getString("username"))
                    .field("display_name", rs.getString("display_name"))));
  }
}
