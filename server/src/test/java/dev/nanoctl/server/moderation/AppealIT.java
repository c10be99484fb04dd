package dev.nanoctl.server.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What creators can do when their nano was taken down. */
final class AppealIT {
  private static final String STATEMENT = "Die Bilder sind von mir selbst aufgenommen.";

  private static TestServer server;
  private static MarketFixture fixture;
  private static Principal creator;
  private static TestClient ada;
  private static TestClient judge;
  private static TestClient other;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    creator = fixture.person(Role.CREATOR);
    ada = fixture.client(server, creator);
    judge = fixture.client(server, fixture.person(Role.MODERATOR));
    other = fixture.client(server, fixture.person(Role.MODERATOR));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static UUID takenDown(String title) {
    UUID nano = fixture.published(creator, title);
    String body = "{\"reason\": \"Fremde Bilder ohne Nachweis\"}";
    assertThat(judge.post("moderation/nanos/" + nano + "/takedown", body).status()).isEqualTo(204);
    return nano;
  }

  private static JsonObject decision(UUID nano) {
    return ada.get("decisions?nano_id=" + nano).list().objects().findFirst().orElseThrow();
  }

  private static String id(UUID nano) {
    return decision(nano).text("id").orElseThrow();
  }

  private static TestClient.Reply appeal(TestClient who, String id) {
    return who.post("decisions/" + id + "/appeal", "{\"statement\": \"" + STATEMENT + "\"}");
  }

  /** The open appeal of this nano as it stands in the queue. */
  private static JsonObject queued(UUID nano) {
    return judge
        .get("moderation/queue?kind=appeal")
        .list()
        .objects()
        .filter(one ->
            one.object("nano").orElseThrow().text("id").orElseThrow().equals(nano.toString()))
        .findFirst()
        .orElseThrow();
  }

  private static TestClient.Reply decide(TestClient who, JsonObject item, String verdict) {
    return who.post(
        "moderation/" + item.text("id").orElseThrow() + "/decision",
        "{\"decision\": \"%s\", \"reason\": \"Nach erneuter Prüfung entschieden\"}"
            .formatted(verdict));
  }

  @Test
  void anAppealThatIsGrantedPutsTheNanoBackOnTheShelf() {
    UUID nano = takenDown("Eigene Bilder");
    JsonObject seen = decision(nano);
    assertThat(seen.text("reason")).hasValue("Fremde Bilder ohne Nachweis");
    assertThat(seen.object("appeal")).isEmpty();
    TestClient.Reply appealed = appeal(ada, id(nano));
    assertThat(appealed.status()).as(appealed.text()).isEqualTo(201);
    assertThat(appealed.data().object("appeal").orElseThrow().text("status")).hasValue("open");

    JsonObject item = queued(nano);
    assertThat(item.text("kind")).hasValue("appeal");
    assertThat(item.text("statement")).hasValue(STATEMENT);
    assertThat(item.text("against")).hasValue("Fremde Bilder ohne Nachweis");
    assertThat(decide(judge, item, "approve").status()).as("not the same moderator").isEqualTo(403);
    assertThat(decide(other, item, "request_changes").fields())
        .isEqualTo(Map.of("decision", "invalid_choice"));
    TestClient.Reply decided = decide(other, item, "approve");
    assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    assertThat(server.client().get("nanos/" + nano).status()).isEqualTo(200);
    JsonObject answer = decision(nano).object("appeal").orElseThrow();
    assertThat(answer.text("decision")).hasValue("approve");
    assertThat(answer.text("reason")).hasValue("Nach erneuter Prüfung entschieden");
  }

  @Test
  void anAppealThatIsNotGrantedArchivesTheNano() {
    UUID nano = takenDown("Fremde Bilder");
    appeal(ada, id(nano));
    assertThat(decide(other, queued(nano), "reject").status()).isEqualTo(200);
    JsonObject seen = ada.get("nanos/" + nano).data();
    assertThat(seen.text("status")).hasValue("archived");
    assertThat(seen.text("review_reason")).hasValue("Nach erneuter Prüfung entschieden");
    assertThat(appeal(ada, id(nano)).code()).as("once only").isEqualTo("CONFLICT");
  }

  @Test
  void nobodyElseAppealsOrReadsTheDecision() {
    UUID nano = takenDown("Meins");
    String id = id(nano);
    TestClient stranger = fixture.client(server, fixture.person(Role.CREATOR));
    assertThat(stranger.get("decisions/" + id).status()).isEqualTo(404);
    assertThat(stranger.get("decisions").list().size()).isZero();
    assertThat(appeal(stranger, id).status()).isEqualTo(404);
    assertThat(appeal(judge, id).status()).isEqualTo(404);
    assertThat(judge.get("decisions/" + id).status()).isEqualTo(200);
    String review = judge.get("moderation/queue?status=all&limit=100").text();
    assertThat(review).as("a take-down waits for nobody").doesNotContain("\"takedown\"");
  }

  @Test
  void aModeratorWhoThinksAgainEndsTheAppeal() {
    UUID nano = takenDown("Doch in Ordnung");
    appeal(ada, id(nano));
    String body = "{\"reason\": \"War ein Irrtum von mir\"}";
    assertThat(judge.post("moderation/nanos/" + nano + "/reinstate", body).status()).isEqualTo(204);
    assertThat(decision(nano).object("appeal").orElseThrow().text("status")).hasValue("withdrawn");
  }
}
