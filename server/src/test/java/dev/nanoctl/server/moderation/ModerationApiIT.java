package dev.nanoctl.server.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.OffsetClock;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The review queue over HTTP. */
final class ModerationApiIT {
  private final OffsetClock clock = new OffsetClock();
  private TestServer server;
  private MarketFixture fixture;
  private Principal creator;
  private TestClient moderator;

  @BeforeEach
  void start() {
    server = TestServer.start(clock);
    fixture = new MarketFixture(server.database().jdbi(), clock);
    creator = fixture.person(Role.CREATOR);
    moderator = fixture.client(server, fixture.person(Role.MODERATOR));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theQueueShowsTheMostUrgentFirstAndWhatIsOverdue() {
    fixture.submitted(creator, "Als erstes");
    clock.advance(Duration.ofHours(1));
    fixture.submitted(creator, "Als zweites");
    assertThat(titles("moderation/queue")).containsExactly("Als erstes", "Als zweites");
    assertThat(titles("moderation/queue?overdue=true")).isEmpty();
    clock.advance(Duration.ofDays(3).minusMinutes(30));
    moderator = fixture.client(server, fixture.person(Role.MODERATOR));
    assertThat(titles("moderation/queue?overdue=true")).containsExactly("Als erstes");
    assertThat(titles("moderation/queue?limit=1&page=2")).containsExactly("Als zweites");
    assertThat(moderator.get("moderation/queue?limit=1").meta().integer("total")).hasValue(2);
  }

  @Test
  void theCreatorReadsWhyAndHandsItInAgain() {
    UUID id = fixture.submitted(creator, "Noch nicht ganz");
    UUID review = fixture.openCase(id);
    TestClient.Reply decided =
        decide(review, "request_changes", "Bitte die Quelle der Bilder nennen.");
    assertThat(decided.status()).isEqualTo(200);
    assertThat(decided.data().text("status")).contains("decided");
    TestClient mine = fixture.client(server, creator);
    JsonObject seen = mine.get("nanos/mine").list().objects().findFirst().orElseThrow();
    assertThat(seen.text("status")).contains("draft");
    assertThat(seen.text("review_reason")).contains("Bitte die Quelle der Bilder nennen.");
    assertThat(mine.get("nanos/" + id).data().text("review_reason"))
        .contains("Bitte die Quelle der Bilder nennen.");
    assertThat(mine.call("POST", "nanos/" + id + "/submit").status()).isEqualTo(200);
    assertThat(mine.get("nanos/" + id).data().text("review_reason")).isEmpty();
    assertThat(titles("moderation/queue")).containsExactly("Noch nicht ganz");
    assertThat(titles("moderation/queue?status=decided")).containsExactly("Noch nicht ganz");
    assertThat(titles("moderation/queue?status=all")).hasSize(2);
  }

  @Test
  void aRejectedNanoIsADraftAgainOnceItIsEdited() {
    UUID id = fixture.submitted(creator, "Abgelehnt");
    decide(fixture.openCase(id), "reject", "Das ist Werbung.");
    TestClient mine = fixture.client(server, creator);
    assertThat(mine.get("nanos/" + id).data().text("status")).contains("rejected");
    assertThat(mine.call("POST", "nanos/" + id + "/submit").code()).isEqualTo("INVALID_TRANSITION");
    assertThat(mine.patch("nanos/" + id, "{\"level\": 1}").data().text("status")).contains("draft");
    assertThat(mine.call("POST", "nanos/" + id + "/submit").status()).isEqualTo(200);
  }

  @Test
  void aReasonIsNeededUnlessItIsApproved() {
    UUID id = fixture.submitted(creator, "Ohne Grund");
    UUID review = fixture.openCase(id);
    for (String decision : List.of("request_changes", "reject")) {
      assertThat(decide(review, decision, "").fields()).isEqualTo(Map.of("reason", "required"));
      TestClient.Reply brief = decide(review, decision, "Zu kurz.");
      assertThat(brief.status()).isEqualTo(422);
      assertThat(brief.fields()).isEqualTo(Map.of("reason", "too_short"));
    }
    assertThat(
            moderator
                .post("moderation/" + review + "/decision", "{\"decision\": \"vielleicht\"}")
                .fields())
        .isEqualTo(Map.of("decision", "invalid_choice"));
    assertThat(titles("moderation/queue")).containsExactly("Ohne Grund");
    assertThat(decide(review, "approve", "").status()).isEqualTo(200);
  }

  @Test
  void decidingTwiceAlikeIsOneDecisionAndDecidingOtherwiseIsRefused() {
    UUID id = fixture.submitted(creator, "Zweimal");
    UUID review = fixture.openCase(id);
    TestClient.Reply first = decide(review, "approve", "");
    TestClient.Reply again = decide(review, "approve", "");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.data().text("decided_at")).isEqualTo(first.data().text("decided_at"));
    assertThat(decide(review, "reject", "Doch lieber nicht.").code())
        .isEqualTo("INVALID_TRANSITION");
    moderator = fixture.client(server, fixture.person(Role.MODERATOR));
    assertThat(decide(review, "approve", "").code()).isEqualTo("INVALID_TRANSITION");
    assertThat(audited("nano.approve")).isEqualTo(1);
    assertThat(audited("case.decide")).isEqualTo(1);
  }

  @Test
  void aTakenDownNanoIsGoneForReadersUntilItIsReinstated() {
    UUID id = fixture.published(creator, "Umstritten");
    TestClient guest = server.client();
    assertThat(guest.get("nanos/" + id).status()).isEqualTo(200);
    String reason = "{\"reason\": \"Hinweis auf eine Rechtsverletzung\"}";
    assertThat(moderator.post("moderation/nanos/" + id + "/takedown", reason).status())
        .isEqualTo(204);
    assertThat(guest.get("nanos/" + id).status()).isEqualTo(404);
    assertThat(fixture.client(server, creator).get("nanos/" + id).data().text("review_reason"))
        .contains("Hinweis auf eine Rechtsverletzung");
    assertThat(moderator.post("moderation/nanos/" + id + "/takedown", reason).code())
        .isEqualTo("INVALID_TRANSITION");
    assertThat(
            moderator.post("moderation/nanos/" + id + "/takedown", "{\"reason\": \"nö\"}").fields())
        .isEqualTo(Map.of("reason", "too_short"));
    assertThat(moderator.post("moderation/nanos/" + id + "/reinstate", reason).status())
        .isEqualTo(204);
    assertThat(guest.get("nanos/" + id).status()).isEqualTo(200);
  }

  @Test
  void archivingTakesTheOpenCaseBack() {
    UUID id = fixture.published(creator, "Zurückgezogen");
    fixture.addVersion(creator, id, "2.0.0");
    TestClient mine = fixture.client(server, creator);
    mine.call("POST", "nanos/" + id + "/submit");
    UUID review = fixture.openCase(id);
    mine.call("POST", "nanos/" + id + "/archive");
    assertThat(titles("moderation/queue")).isEmpty();
    assertThat(decide(review, "approve", "").code()).isEqualTo("INVALID_TRANSITION");
    assertThat(moderator.get("moderation/" + review).data().text("status")).contains("withdrawn");
    assertThat(moderator.get("moderation/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  private TestClient.Reply decide(UUID review, String decision, String reason) {
    return moderator.post(
        "moderation/" + review + "/decision",
        "{\"decision\": \"%s\", \"reason\": \"%s\"}".formatted(decision, reason));
  }

  private List<String> titles(String path) {
    return moderator
        .get(path)
        .list()
        .objects()
        .map(item -> item.object("nano").orElseThrow().text("title").orElseThrow())
        .toList();
  }

  private long audited(String action) {
    return count(
        """
        SELECT (SELECT count(*) FROM audit_pending WHERE action = :it)
             + (SELECT count(*) FROM audit_log WHERE action = :it)
        """,
        action);
  }

  private long count(String sql, String it) {
    return server
        .database()
        .jdbi()
        .withHandle(tx -> tx.createQuery(sql).bind("it", it).mapTo(Long.class).one());
  }
}
