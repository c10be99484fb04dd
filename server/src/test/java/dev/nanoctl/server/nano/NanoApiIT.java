package dev.nanoctl.server.nano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A nano's life over HTTP, from the first draft to its removal. */
final class NanoApiIT {
  private static TestServer server;
  private static MarketFixture fixture;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aDraftIsMadeChangedSubmittedApprovedFoundArchivedAndRemoved() {
    Principal creator = fixture.person(Role.CREATOR);
    TestClient mine = fixture.client(server, creator);
    TestClient guest = server.client();

    TestClient.Reply made = mine.post("nanos", Json.text(MarketFixture.form("Mein erstes Nano")));
    assertThat(made.status()).isEqualTo(201);
    String id = made.data().text("id").orElseThrow();
    assertThat(made.header("Location")).isEqualTo("/api/v1/nanos/" + id);
    assertThat(made.data().text("status")).contains("draft");
    assertThat(guest.get("nanos/" + id).status()).isEqualTo(404);
    assertThat(mine.get("nanos/" + id).header("Cache-Control")).contains("no-store");

    TestClient.Reply changed = mine.patch("nanos/" + id, "{\"level\": 3}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.data().integer("level")).hasValue(3);

    TestClient.Reply early = mine.call("POST", "nanos/" + id + "/submit");
    assertThat(early.status()).isEqualTo(422);
    assertThat(early.fields()).isEqualTo(Map.of("package", "required"));

    fixture.addVersion(creator, UUID.fromString(id), "1.0.0");
    assertThat(mine.call("POST", "nanos/" + id + "/submit").data().text("status"))
        .contains("pending_review");
    assertThat(mine.patch("nanos/" + id, "{\"level\": 1}").code()).isEqualTo("INVALID_TRANSITION");

    TestClient moderator = fixture.client(server, fixture.person(Role.MODERATOR));
    UUID review = fixture.openCase(UUID.fromString(id));
    TestClient.Reply decided =
        moderator.post("moderation/" + review + "/decision", "{\"decision\": \"approve\"}");
    assertThat(decided.status()).as(decided.text()).isEqualTo(200);

    JsonObject shown = guest.get("nanos/" + id).data();
    assertThat(shown.text("status")).contains("published");
    assertThat(shown.text("version")).contains("1.0.0");
    assertThat(shown.object("package").orElseThrow().integer("size")).hasValue(1234);
    assertThat(shown.text("licence_url")).contains("https://creativecommons.org/licenses/by/4.0/");
    assertThat(ids(guest.get("nanos?creator=" + creator.username()))).containsExactly(id);

    assertThat(mine.call("POST", "nanos/" + id + "/archive").status()).isEqualTo(200);
    assertThat(guest.get("nanos/" + id).status()).isEqualTo(404);
    assertThat(ids(guest.get("nanos?creator=" + creator.username()))).isEmpty();
    assertThat(mine.call("POST", "nanos/" + id + "/restore").status()).isEqualTo(200);
    assertThat(guest.get("nanos/" + id).status()).isEqualTo(200);
    assertThat(mine.call("DELETE", "nanos/" + id).code()).isEqualTo("INVALID_TRANSITION");
    mine.call("POST", "nanos/" + id + "/archive");
    assertThat(mine.call("DELETE", "nanos/" + id).data().text("status")).contains("deleted");
    assertThat(mine.get("nanos/" + id).status()).isEqualTo(404);
    assertThat(ids(mine.get("nanos/mine"))).isEmpty();
  }

  @Test
  void theChecklistNamesEveryMissingField() {
    TestClient mine = fixture.client(server, fixture.person(Role.CREATOR));
    String id =
        mine.post(
                "nanos",
                """
                {"title": "Fast leer", "duration_minutes": 1, "level": 1, "language": "de"}
                """)
            .data()
            .text("id")
            .orElseThrow();
    assertThat(mine.call("POST", "nanos/" + id + "/submit").fields())
        .isEqualTo(
            Map.of(
                "description", "required",
                "categories", "required",
                "licence", "required",
                "package", "required",
                "rights_confirmed", "required"));
    mine.patch("nanos/" + id, "{\"licence\": \"proprietary\"}");
    assertThat(mine.call("POST", "nanos/" + id + "/submit").fields())
        .containsEntry("licence_terms", "required")
        .doesNotContainKey("licence");
  }

  @Test
  void aChangeOfWhatSomeoneElseChangedIsRefused() {
    Principal creator = fixture.person(Role.CREATOR);
    TestClient mine = fixture.client(server, creator);
    UUID id = fixture.draft(creator, "Zu zweit");
    String etag = mine.get("nanos/" + id).header("ETag");
    long version = mine.get("nanos/" + id).data().integer("row_version").orElseThrow();
    mine.with("If-Match", etag);
    assertThat(mine.patch("nanos/" + id, "{\"level\": 3}").status()).isEqualTo(200);
    TestClient.Reply late = mine.patch("nanos/" + id, "{\"level\": 1}");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.code()).isEqualTo("PRECONDITION_FAILED");
    assertThat(mine.get("nanos/" + id).data().integer("level")).hasValue(3);
    mine.with("If-Match", "\"" + (version + 1) + "\"");
    assertThat(mine.patch("nanos/" + id, "{\"level\": 2}").status()).isEqualTo(200);
    assertThat(mine.call("DELETE", "nanos/" + id).code()).isEqualTo("PRECONDITION_FAILED");
  }

  @Test
  void aRatingDoesNotSpoilTheCreatorsEdit() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID id = fixture.published(creator, "Bewertet beim Bearbeiten");
    TestClient mine = fixture.client(server, creator);
    String etag = mine.get("nanos/" + id).header("ETag");
    TestClient reader = fixture.client(server, fixture.person(Role.CONSUMER));
    assertThat(reader.post("nanos/" + id + "/ratings", "{\"score\": 5}").status()).isEqualTo(201);
    assertThat(mine.get("nanos/" + id).header("ETag")).isNotEqualTo(etag);
    mine.with("If-Match", etag);
    assertThat(mine.patch("nanos/" + id, "{\"level\": 3}").status()).isEqualTo(200);
  }

  @Test
  void whatReadersHaveKeptIsAskedForAgainOnlyWhenItChanged() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID id = fixture.published(creator, "Aufgehoben");
    TestClient guest = server.client();
    String list = "nanos?creator=" + creator.username();
    for (String path : List.of("nanos/" + id, list)) {
      TestClient.Reply first = guest.get(path);
      String etag = first.header("ETag");
      assertThat(etag).isNotEmpty();
      assertThat(first.header("Cache-Control")).contains("public").contains("max-age=60");
      TestClient.Reply second = guest.get(path, Map.of("If-None-Match", etag));
      assertThat(second.status()).isEqualTo(304);
      assertThat(second.text()).isEmpty();
      fixture
          .client(server, fixture.person(Role.CONSUMER))
          .post("nanos/" + id + "/ratings", "{\"score\": 4}");
      assertThat(guest.get(path, Map.of("If-None-Match", etag)).status()).isEqualTo(200);
    }
    JsonObject rating = guest.get("nanos/" + id).data().object("rating").orElseThrow();
    assertThat(rating.integer("count")).hasValue(2);
    assertThat(rating.number("average")).hasValue(4.0);
  }

  @Test
  void aNewVersionIsReviewedWhileTheOldOneStaysLive() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID id = fixture.published(creator, "Zwei Versionen");
    TestClient mine = fixture.client(server, creator);
    TestClient guest = server.client();
    fixture.addVersion(creator, id, "1.1.0");
    assertThat(guest.get("nanos/" + id + "/versions").list().size()).isEqualTo(1);
    assertThat(mine.get("nanos/" + id + "/versions").list().size()).isEqualTo(2);
    assertThat(guest.get("nanos/" + id + "/versions/1.1.0").status()).isEqualTo(404);
    assertThat(
            mine.patch("nanos/" + id + "/versions/1.1.0", "{\"changelog\": \"Neues Kapitel\"}")
                .data()
                .text("changelog"))
        .contains("Neues Kapitel");
    assertThat(mine.patch("nanos/" + id + "/versions/1.0.0", "{\"changelog\": \"x\"}").code())
        .isEqualTo("INVALID_TRANSITION");

    assertThat(mine.call("POST", "nanos/" + id + "/submit").status()).isEqualTo(200);
    assertThat(guest.get("nanos/" + id).data().text("version")).contains("1.0.0");
    fixture.approve(id);
    assertThat(mine.get("nanos/" + id + "/versions").list().objects())
        .map(version -> version.text("status").orElseThrow())
        .containsOnly("approved");
    assertThat(guest.get("nanos/" + id + "/versions/latest").data().text("version"))
        .contains("1.1.0");
    assertThat(mine.call("POST", "nanos/" + id + "/submit").code()).isEqualTo("INVALID_TRANSITION");
  }

  @Test
  void aFormerSlugRedirects() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID id = fixture.published(creator, "Vorher");
    TestClient mine = fixture.client(server, creator);
    String old = mine.get("nanos/" + id).data().text("slug").orElseThrow();
    String now =
        mine.patch("nanos/" + id, "{\"title\": \"Nachher\"}").data().text("slug").orElseThrow();
    TestClient.Reply moved = server.client().get("nanos/" + old);
    assertThat(moved.status()).isEqualTo(301);
    assertThat(moved.header("Location")).isEqualTo("/api/v1/nanos/" + now);
    assertThat(server.client().get("nanos/" + now).data().text("id")).contains(id.toString());
  }

  @Test
  void badParametersOfTheListAreNamed() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "level=4", "level",
                "level=x", "level",
                "format=film", "format",
                "sort=price", "sort",
                "page=0", "page",
                "limit=101", "limit",
                "duration_min=-1", "duration_min",
                "page=600", "page")
            .entrySet()) {
      TestClient.Reply reply = server.client().get("nanos?" + wrong.getKey());
      assertThat(reply.status()).as(wrong.getKey()).isEqualTo(400);
      assertThat(reply.fields()).as(wrong.getKey()).containsKey(wrong.getValue());
    }
  }

  @Test
  void feedsNameThePublishedNanosOnly() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID shown = fixture.published(creator, "Fürs <Feed> & mehr");
    UUID hidden = fixture.draft(creator, "Nicht fürs Feed");
    String slug = server.client().get("nanos/" + shown).data().text("slug").orElseThrow();
    String map = server.client().get("/sitemap.xml").text();
    assertThat(map).contains("/nano/" + slug).doesNotContain("nicht-fuers");
    String atom = server.client().get("/feeds/nanos.atom").text();
    assertThat(atom).contains("Fürs &lt;Feed&gt; &amp; mehr").doesNotContain("Nicht fürs");
    TestClient.Reply amb = server.client().get("nanos/" + shown + "/amb.json");
    assertThat(amb.header("Content-Type")).startsWith("application/ld+json");
    assertThat(amb.json().text("name")).contains("Fürs <Feed> & mehr");
    assertThat(amb.json().object("license").flatMap(licence -> licence.text("id")))
        .contains("https://creativecommons.org/licenses/by/4.0/");
    assertThat(server.client().get("nanos/" + hidden + "/amb.json").status()).isEqualTo(404);
  }

  private static List<String> ids(TestClient.Reply reply) {
    return reply.list().objects().map(item -> item.text("id").orElseThrow()).toList();
  }
}
