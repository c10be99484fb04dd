package dev.nanoctl.server.account;

import dev.nanoctl.core.json.JsonValue;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.http.Schema;

/** How accounts and sign-ins look in requests and answers. */
final class AccountShapes {
  static final Schema USERNAME = Schema.text(3, 20, "[a-z0-9_]{3,20}");
  private static final Schema LANGUAGE = Schema.choice("de", "en");

  static final Schema.Fields PROFILE =
      Schema.object()
          .optional("first_name", Schema.text(0, 100))
          .optional("last_name", Schema.text(0, 100))
          .optional("bio", Schema.text(0, 500))
          .optional("company", Schema.text(0, 255))
          .optional("job_title", Schema.text(0, 100))
          .optional("language", LANGUAGE);

  static final Schema USER =
      Schema.named(
          "User",
          Schema.object()
              .required("id", Schema.uuid())
              .required("email", Schema.email())
              .required("username", USERNAME)
              .required("display_name", Schema.text())
              .required("role", Schema.choice("consumer", "creator", "moderator", "admin"))
              .required("status", Schema.text())
              .required("language", LANGUAGE)
              .required("first_name", Schema.nullable(Schema.text()))
              .required("last_name", Schema.nullable(Schema.text()))
              .required("bio", Schema.nullable(Schema.text()))
              .required("company", Schema.nullable(Schema.text()))
              .required("job_title", Schema.nullable(Schema.text()))
              .required("created_at", Schema.time())
              .required("row_version", Schema.count()));

  static final Schema.Fields SIGNED_IN =
      Schema.object()
          .required("user", USER)
          .required("csrf_token", Schema.text())
          .optional("access_token", Schema.text())
          .optional("refresh_token", Schema.text())
          .optional("expires_in", Schema.count());

  static final Schema SESSION =
      Schema.named(
          "Session",
          Schema.object()
              .required("id", Schema.uuid())
              .required("user_agent", Schema.text())
              .required("network", Schema.text())
              .required("created_at", Schema.time())
              .required("used_at", Schema.time())
              .required("current", Schema.bool()));

  static final Schema PUBLIC_USER =
      Schema.named(
          "PublicUser",
          Schema.object()
              .required("id", Schema.uuid())
              .required("username", USERNAME)
              .required("display_name", Schema.text())
              .required("bio", Schema.nullable(Schema.text()))
              .required("company", Schema.nullable(Schema.text()))
              .required("created_at", Schema.time()));

  private AccountShapes() {}

  /** Whether a text is an address that the API would take. */
  static boolean isEmail(String text) {
    return Schema.email().check(new JsonValue.Text(text)).isEmpty();
  }

  static void user(JsonWriter json, Account account) {
    Account.Profile profile = account.profile();
    json.object(o ->
        o.field("id", account.id())
            .field("email", account.email())
            .field("username", account.username())
            .field("display_name", account.displayName())
            .field("role", account.role().tag())
            .field("status", account.status().tag())
            .field("language", profile.language().tag())
            .field("first_name", profile.firstName())
            .field("last_name", profile.lastName())
            .field("bio", profile.bio())
            .field("company", profile.company())
            .field("job_title", profile.jobTitle())
            .field("created_at", account.createdAt())
            .field("row_version", account.rowVersion()));
  }

  static void publicUser(JsonWriter json, Account account) {
    json.object(o ->
        o.field("id", account.id())
            .field("username", account.username())
            .field("display_name", account.displayName())
            .field("bio", account.profile().bio())
            .field("company", account.profile().company())
            .field("created_at", account.createdAt()));
  }

  static void session(JsonWriter json, Session session, boolean current) {
    json.object(o ->
        o.field("id", session.id())
            .field("user_agent", session.userAgent())
            .field("network", session.network())
            .field("created_at", session.createdAt())
            .field("used_at", session.usedAt())
            .field("current", current));
  }
}
