package dev.nanoctl.server.category;

import dev.nanoctl.core.json.JsonWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A shelf nanos stand on.
 *
 * @param parent the slug of the category above, or null at the top
 * @param active false hides it from forms and lists; nanos stay filed under it
 */
record Category(
    UUID id, String slug, Names names, @Nullable String parent, boolean active, long rowVersion) {
  /** What it is called. */
  record Names(String german, String english) {}

  /** Writes what everyone sees, with the number of nanos on the shelf and below. */
  void write(JsonWriter json, long count) {
    json.object(category ->
        category
            .field("slug", slug)
            .field("name_de", names.german())
            .field("name_en", names.english())
            .field("parent", parent)
            .field("count", count));
  }

  /** Writes what administrators see. */
  void writeAll(JsonWriter json) {
    json.object(category ->
        category
            .field("id", id)
            .field("slug", slug)
            .field("name_de", names.german())
            .field("name_en", names.english())
            .field("parent", parent)
            .field("active", active)
            .field("row_version", rowVersion));
  }
}
