package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.Schema;

/** The shapes of nanos in answers. */
public final class NanoSchemas {
  /** A status. */
  public static final Schema STATUS =
      Schema.choice(
          "draft", "pending_review", "published", "rejected", "archived", "taken_down", "deleted");

  private static final Schema.Fields ITEM_FIELDS =
      Schema.object()
          .required("id", Schema.uuid())
          .required("slug", Schema.text())
          .required("title", Schema.text())
          .required("description", Schema.nullable(Schema.text()))
          .required("duration_minutes", Schema.integer(1, 600))
          .required("level", Schema.integer(1, 3))
          .required("language", Schema.text())
          .required("formats", Schema.list(Schema.text()))
          .required(
              "categories",
              Schema.list(
                  Schema.named(
                      "CategoryName",
                      Schema.object()
                          .required("slug", Schema.text())
                          .required("name_de", Schema.text())
                          .required("name_en", Schema.text()))))
          .required("tags", Schema.list(Schema.text()))
          .required("licence", Schema.nullable(Schema.text()))
          .required(
              "creator",
              Schema.named(
                  "Creator",
                  Schema.object()
                      .required("id", Schema.uuid())
                      .required("username", Schema.text())
                      .required("display_name", Schema.text())))
          .required(
              "rating",
              Schema.object()
                  .required("count", Schema.count())
                  .required("average", Schema.nullable(Schema.decimal())))
          .required("downloads", Schema.count())
          .required("version", Schema.nullable(Schema.text()))
          .required("published_at", Schema.nullable(Schema.time()))
          .required("updated_at", Schema.time());

  /** A nano in a list. */
  public static final Schema ITEM = Schema.named("NanoItem", ITEM_FIELDS);

  /** A nano in the list of its creator. */
  public static final Schema MINE =
      Schema.named(
          "OwnNano",
          ITEM_FIELDS
              .required("status", STATUS)
              .required("review_reason", Schema.nullable(Schema.text()))
              .required("visibility", Schema.text())
              .required("newest_version", Schema.nullable(Schema.text()))
              .required("newest_version_status", Schema.nullable(versionStatus()))
              .required("row_version", Schema.count()));

  /** A version in a list. */
  public static final Schema VERSION =
      Schema.named(
          "NanoVersion",
          Schema.object()
              .required("version", Schema.text())
              .required("changelog", Schema.nullable(Schema.text()))
              .required("status", versionStatus())
              .required("created_at", Schema.time())
              .required("approved_at", Schema.nullable(Schema.time()))
              .required("size", Schema.count())
              .required("kind", Schema.text())
              .required("sha256", Schema.text()));

  /** A nano with everything. */
  public static final Schema DETAIL =
      Schema.named(
          "NanoDetail",
          ITEM_FIELDS
              .required("details_md", Schema.nullable(Schema.text()))
              .required("delivery", Schema.text())
              .required("instructor_required", Schema.bool())
              .required("objectives", Schema.list(Schema.text()))
              .required("target_group", Schema.nullable(Schema.text()))
              .required("prerequisites", Schema.nullable(Schema.text()))
              .required("licence_name", Schema.nullable(Schema.text()))
              .required("licence_url", Schema.nullable(Schema.uri()))
              .required("licence_terms", Schema.nullable(Schema.text()))
              .required("attribution", Schema.nullable(Schema.text()))
              .required("exchange", Schema.text())
              .required("visibility", Schema.text())
              .required("based_on", Schema.nullable(Schema.text()))
              .required("source", Schema.nullable(Schema.text()))
              .required("status", STATUS)
              .required("review_reason", Schema.nullable(Schema.text()))
              .required("rights_confirmed", Schema.bool())
              .required("created_at", Schema.time())
              .required("row_version", Schema.count())
              .required("package", Schema.nullable(content()))
              .required("versions", Schema.list(VERSION)));

  private NanoSchemas() {}

  private static Schema content() {
    return Schema.object()
        .required("sha256", Schema.text())
        .required("size", Schema.count())
        .required("kind", Schema.text())
        .required("entries", Schema.count())
        .required("launch_file", Schema.nullable(Schema.text()));
  }

  private static Schema versionStatus() {
    return Schema.choice("draft", "pending_review", "approved", "changes_requested", "rejected");
  }
}
