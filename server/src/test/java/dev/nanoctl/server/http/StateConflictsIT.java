package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.http.ApiDescription.Operation;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestClient.Reply;
import dev.nanoctl.server.testing.TestServer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A row for every error that an endpoint says it answers when a request is right but the state is
 * not. An endpoint that promises an error without a row here fails the test, and so does a row for
 * an error that nobody promises.
 */
final class StateConflictsIT {
  /** Errors that {@link BadBodiesIT} and {@link BadAddressesIT} find at every endpoint. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "BAD_REQUEST", "VALIDATION_ERROR", "FORBIDDEN", "RATE_LIMITED", "INTERNAL", "NOT_FOUND");

  /** Errors that need a part to fail; DatabaseOutageIT lets it. */
  private static final Set<String> OUTAGES = Set.of("GET /ready DEPENDENCY_DOWN");

  private static TestServer server;
  private static MarketFixture fixture;
  private static Principal creator;
  private static Principal moderator;
  private static TestClient ada;
  private static TestClient staff;
  private static TestClient admin;
  private static TestClient guest;
  private static AccountStates people;
  private static UploadStates uploads;

  /** Brings about the state and sends the request. */
  private interface Row {
    Reply send();
  }

  private final Map<String, Row> rows = new TreeMap<>();

  @BeforeAll
  static void start() {
    server = TestServer.start();
    fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    creator = fixture.person(Role.CREATOR);
    moderator = fixture.person(Role.MODERATOR);
    ada = fixture.client(server, creator);
    staff = fixture.client(server, moderator);
    admin = fixture.client(server, fixture.person(Role.ADMIN));
    guest = server.client();
    people = new AccountStates(server, fixture);
    uploads = new UploadStates(fixture.jdbi(), ada);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyPromisedErrorIsAnswered() {
    accounts();
    uploads();
    nanos();
    ratings();
    moderation();
    SoftAssertions softly = new SoftAssertions();
    Set<String> promised = new TreeSet<>();
    for (Operation operation : ApiDescription.read(guest)) {
      for (String error : operation.errors()) {
        boolean general = error.equals("UNAUTHORIZED") && !operation.role().equals("guest");
        if (!general && !ELSEWHERE.contains(error)) {
          promised.add(operation.toString().replace("/api/v1/", "") + " " + error);
        }
      }
    }
    promised.removeAll(OUTAGES);
    softly.assertThat(rows.keySet()).as("rows").isEqualTo(promised);
    rows.forEach((name, row) -> {
      ApiError expected = ApiError.valueOf(name.substring(name.lastIndexOf(' ') + 1));
      Reply reply = row.send();
      softly
          .assertThat(reply.status())
          .as("%s: %s", name, reply.text())
          .isEqualTo(expected.status());
      if (reply.status() == expected.status() && !name.startsWith("HEAD ")) {
        softly.assertThat(reply.code()).as(name).isEqualTo(expected.name());
        softly.assertThat(reply.message()).as(name).isNotBlank();
      }
    });
    softly.assertAll();
  }

  private void row(String name, Row row) {
    assertThat(rows.put(name, row)).as(name).isNull();
  }

  private static void sql(String statement, Object... values) {
    server.database().jdbi().useHandle(tx -> tx.execute(statement, values));
  }

  private static String title(String name) {
    return "Nano für " + name;
  }

  private void accounts() {
    row("POST auth/login UNAUTHORIZED", () -> people.signIn("nobody@example.org"));
    row(
        "POST auth/login ACCOUNT_LOCKED",
        () -> {
          for (int i = 0; i < 5; i++) {
            people.signIn("locked@example.org");
          }
          return people.signIn("locked@example.org");
        });
    row("POST auth/login ACCOUNT_SUSPENDED", () -> people.signIn(people.registered("suspended")));
    row(
        "POST auth/login EMAIL_NOT_VERIFIED",
        () -> people.signIn(people.registered("pending_verification")));
    row(
        "POST auth/refresh-token UNAUTHORIZED",
        () -> guest.post("auth/refresh-token", "{\"refresh_token\": \"nonsense\"}"));
    row("POST auth/password/set GONE", () -> people.setPassword("x".repeat(40)));
    row(
        "POST auth/password/set ACCOUNT_SUSPENDED",
        () -> people.setPassword(people.linkOfSuspended()));
    row("PATCH auth/me PRECONDITION_FAILED", () -> stale(ada, "PATCH", "auth/me", "{}"));
    row(
        "PATCH admin/users/{id} CONFLICT",
        () -> {
          String self =
              admin.get("auth/me").data().object("user").orElseThrow().text("id").orElseThrow();
          return admin.patch("admin/users/" + self, "{\"role\": \"consumer\"}");
        });
    row(
        "PATCH admin/categories/{id} PRECONDITION_FAILED",
        () -> stale(admin, "PATCH", "admin/categories/" + category(), "{}"));
    row(
        "DELETE admin/categories/{id} CONFLICT",
        () -> {
          fixture.published(creator, title("Themen"));
          return admin.call("DELETE", "admin/categories/" + category());
        });
  }

  private static Reply stale(TestClient who, String method, String path, String json) {
    return who.bytes(
        method,
        path,
        json.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/json", "If-Match", "\"999\""));
  }

  private static UUID category() {
    return server
        .database()
        .jdbi()
        .withHandle(tx ->
            tx.createQuery("SELECT id FROM category WHERE slug = 'textverarbeitung'")
                .mapTo(UUID.class)
                .one());
  }

  private void uploads() {
    row(
        "POST uploads PAYLOAD_TOO_LARGE",
        () -> ada.post("uploads", "{\"length\": 104857601, \"filename\": \"x.zip\"}"));
    row("HEAD uploads/{id} GONE", () -> ada.call("HEAD", "uploads/" + uploads.expired()));
    row("PATCH uploads/{id} GONE", () -> uploads.append(uploads.expired(), 0, 1));
    row("PATCH uploads/{id} CONFLICT", () -> uploads.append(uploads.announced(), 5, 1));
    row("PATCH uploads/{id} PAYLOAD_TOO_LARGE", () -> uploads.append(uploads.announced(), 0, 11));
    row("POST uploads/{id}/validate GONE", () -> uploads.validate(uploads.expired()));
    row("POST uploads/{id}/validate CONFLICT", () -> uploads.validate(uploads.announced()));
    row(
        "POST nanos/{id}/versions GONE",
        () -> uploads.version(draft("Ablauf"), uploads.expired(), "2.0.0"));
    row(
        "POST nanos/{id}/versions CONFLICT",
        () -> uploads.version(draft("Rest"), uploads.announced(), "2.0.0"));
    row(
        "POST nanos/{id}/versions INVALID_TRANSITION",
        () ->
            uploads.version(
                fixture.submitted(creator, title("Wartezeit")), uploads.announced(), "2.0.0"));
    row(
        "POST nanos/{id}/versions VERSION_EXISTS",
        () -> uploads.version(draft("Doppelt"), uploads.announced(), "1.0.0"));
  }

  private static UUID draft(String name) {
    return fixture.draft(creator, title(name));
  }

  private void nanos() {
    row(
        "PATCH nanos/{id} INVALID_TRANSITION",
        () -> ada.patch("nanos/" + fixture.submitted(creator, title("Prüfung")), "{}"));
    row(
        "PATCH nanos/{id} PRECONDITION_FAILED",
        () -> stale(ada, "PATCH", "nanos/" + draft("Stand"), "{}"));
    row("POST nanos/{id}/submit INVALID_TRANSITION", () -> step(submitted(), "submit"));
    row("POST nanos/{id}/archive INVALID_TRANSITION", () -> step(draft("Archiv"), "archive"));
    row("POST nanos/{id}/restore INVALID_TRANSITION", () -> step(published(), "restore"));
    row("DELETE nanos/{id} INVALID_TRANSITION", () -> ada.call("DELETE", "nanos/" + published()));
    row(
        "DELETE nanos/{id} PRECONDITION_FAILED",
        () -> stale(ada, "DELETE", "nanos/" + draft("Löschen"), ""));
    row(
        "PATCH nanos/{id}/versions/{version} INVALID_TRANSITION",
        () -> ada.patch("nanos/" + published() + "/versions/1.0.0", "{\"changelog\": \"neu\"}"));
    row(
        "GET nanos/{id}/versions/{version}/download UNAUTHORIZED",
        () -> guest.get(download(published())));
    row(
        "GET nanos/{id}/versions/{version}/download ENTITLEMENT_REQUIRED",
        () -> consumer().get(download(toSwap())));
    row(
        "GET nanos/{id}/versions/{version}/download RANGE_NOT_SATISFIABLE",
        () -> ada.get(download(published()), Map.of("Range", "bytes=99999999-")));
    row(
        "HEAD nanos/{id}/versions/{version}/download UNAUTHORIZED",
        () -> guest.call("HEAD", download(published())));
    row(
        "HEAD nanos/{id}/versions/{version}/download ENTITLEMENT_REQUIRED",
        () -> consumer().call("HEAD", download(toSwap())));
    row(
        "POST nanos/{id}/versions/{version}/preview-ticket CONFLICT",
        () -> {
          UUID nano = published();
          sql(
              """
              UPDATE package SET launch_file = NULL
               WHERE id = (SELECT package_id FROM nano_version WHERE nano_id = ?)
              """,
              nano);
          return ada.call("POST", "nanos/" + nano + "/versions/1.0.0/preview-ticket");
        });
    row(
        "POST nanos/{id}/versions/{version}/preview-ticket UNAUTHORIZED",
        () -> guest.call("POST", "nanos/" + toSwap() + "/versions/1.0.0/preview-ticket"));
    row(
        "POST nanos/{id}/versions/{version}/preview-ticket ENTITLEMENT_REQUIRED",
        () -> consumer().call("POST", "nanos/" + toSwap() + "/versions/1.0.0/preview-ticket"));
  }

  private static Reply step(UUID nano, String step) {
    return ada.call("POST", "nanos/" + nano + "/" + step);
  }

  private static UUID submitted() {
    return fixture.submitted(creator, title("Abgabe"));
  }

  private static UUID published() {
    return fixture.published(creator, title("Regal"));
  }

  private static UUID toSwap() {
    UUID nano = published();
    sql("UPDATE nano SET exchange = 'swap' WHERE id = ?", nano);
    return nano;
  }

  private static TestClient consumer() {
    return fixture.client(server, fixture.person(Role.CONSUMER));
  }

  private static String download(UUID nano) {
    return "nanos/" + nano + "/versions/1.0.0/download";
  }

  private void ratings() {
    row(
        "POST nanos/{id}/ratings ALREADY_RATED",
        () -> {
          UUID nano = published();
          rate(staff, nano);
          return rate(staff, nano);
        });
    row("POST nanos/{id}/ratings INVALID_TRANSITION", () -> rate(staff, draft("Wertung")));
    row(
        "PATCH ratings/{id} PRECONDITION_FAILED",
        () -> stale(staff, "PATCH", "ratings/" + rated(published()), "{}"));
    row(
        "PATCH ratings/{id} INVALID_TRANSITION",
        () -> staff.patch("ratings/" + ratedThenArchived(), "{\"score\": 1}"));
    row(
        "DELETE ratings/{id} INVALID_TRANSITION",
        () -> staff.call("DELETE", "ratings/" + ratedThenArchived()));
    row(
        "PUT ratings/{id}/helpful INVALID_TRANSITION",
        () -> ada.call("PUT", "ratings/" + ratedThenArchived() + "/helpful"));
    row(
        "DELETE ratings/{id}/helpful INVALID_TRANSITION",
        () -> ada.call("DELETE", "ratings/" + ratedThenArchived() + "/helpful"));
    row(
        "PUT ratings/{id}/reply INVALID_TRANSITION",
        () ->
            ada.json("PUT", "ratings/" + ratedThenArchived() + "/reply", "{\"reply\": \"Danke\"}"));
    row(
        "DELETE ratings/{id}/reply INVALID_TRANSITION",
        () -> ada.call("DELETE", "ratings/" + ratedThenArchived() + "/reply"));
  }

  private static Reply rate(TestClient who, UUID nano) {
    return who.post("nanos/" + nano + "/ratings", "{\"score\": 4}");
  }

  private static String rated(UUID nano) {
    return rate(staff, nano).data().text("id").orElseThrow();
  }

  private static String ratedThenArchived() {
    UUID nano = published();
    String rating = rated(nano);
    assertThat(step(nano, "archive").status()).isEqualTo(200);
    return rating;
  }

  private void moderation() {
    row(
        "POST moderation/{id}/decision INVALID_TRANSITION",
        () -> {
          String path = "moderation/" + fixture.openCase(submitted()) + "/decision";
          staff.post(path, "{\"decision\": \"approve\"}");
          return staff.post(path, "{\"decision\": \"reject\", \"reason\": \"doch lieber nicht\"}");
        });
    row(
        "POST moderation/nanos/{id}/takedown INVALID_TRANSITION",
        () -> measure("takedown", draft("Verstoß")));
    row(
        "POST moderation/nanos/{id}/reinstate INVALID_TRANSITION",
        () -> measure("reinstate", published()));
    row(
        "POST moderation/nanos/{id}/uphold INVALID_TRANSITION",
        () -> measure("uphold", published()));
    row(
        "POST decisions/{id}/appeal CONFLICT",
        () -> {
          UUID nano = takenDown();
          appeal(nano);
          return appeal(nano);
        });
    row(
        "POST decisions/{id}/appeal INVALID_TRANSITION",
        () -> {
          UUID nano = takenDown();
          measure("reinstate", nano);
          return appeal(nano);
        });
    row(
        "POST decisions/{id}/appeal GONE",
        () -> {
          UUID nano = takenDown();
          sql(
              """
              UPDATE moderation_case SET decided_at = now() - interval '184 days'
               WHERE nano_id = ? AND kind = 'takedown'
              """,
              nano);
          return appeal(nano);
        });
  }

  private static UUID takenDown() {
    UUID nano = published();
    measure("takedown", nano);
    return nano;
  }

  private static Reply appeal(UUID nano) {
    String id =
        ada.get("decisions?nano_id=" + nano)
            .list()
            .objects()
            .findFirst()
            .orElseThrow()
            .text("id")
            .orElseThrow();
    return ada.post("decisions/" + id + "/appeal", "{\"statement\": \"Das stimmt so nicht.\"}");
  }

  private static Reply measure(String name, UUID nano) {
    return staff.post(
        "moderation/nanos/" + nano + "/" + name, "{\"reason\": \"ein triftiger Grund\"}");
  }
}
