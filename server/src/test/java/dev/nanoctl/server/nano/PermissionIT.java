package dev.nanoctl.server.nano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what, by role and by whose nano it is: the status every call answers. */
final class PermissionIT {
  private static final String REASON = "{\"reason\": \"Das gehört nicht hierher\"}";

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

  /** Calls and the status each standing gets, in the order of {@link Standing}. */
  enum Try {
    // guest stranger former creator moderator own_moderator admin own_admin
    READ_DRAFT("draft", "404 404 200 200 200 200 200 200"),
    EDIT_DRAFT("draft", "401 404 403 200 403 200 200 200"),
    SUBMIT_DRAFT("draft", "401 404 403 200 403 200 200 200"),
    DELETE_DRAFT("draft", "401 404 403 200 403 200 200 200"),
    READ_PENDING("pending", "404 404 200 200 200 200 200 200"),
    DECIDE("pending", "401 403 403 403 200 403 200 403"),
    SEE_QUEUE("pending", "401 403 403 403 200 200 200 200"),
    READ_PUBLISHED("published", "200 200 200 200 200 200 200 200"),
    EDIT_PUBLISHED("published", "401 403 403 200 403 200 200 200"),
    ARCHIVE("published", "401 403 403 200 403 200 200 200"),
    TAKE_DOWN("published", "401 403 403 403 204 403 204 403"),
    RATE("published", "401 201 403 403 201 403 201 403"),
    REPLY("rated", "401 403 403 200 403 200 200 200"),
    DELETE_RATING("rated", "401 403 403 403 204 204 204 204"),
    READ_TAKEN_DOWN("taken_down", "404 404 200 200 200 200 200 200"),
    REINSTATE("taken_down", "401 403 403 403 204 403 204 403"),
    UPHOLD("taken_down", "401 403 403 403 204 403 204 403"),
    READ_ARCHIVED("archived", "404 404 200 200 200 200 200 200"),
    RESTORE("archived", "401 404 403 200 403 200 200 200"),
    LIST_VERSIONS("draft", "404 404 200 200 200 200 200 200"),
    EDIT_VERSION("draft", "401 404 403 200 403 200 200 200"),
    LIST_RATINGS("draft", "404 404 200 200 200 200 200 200");

    final String state;
    final String expected;

    Try(String state, String expected) {
      this.state = state;
      this.expected = expected;
    }
  }

  @ParameterizedTest
  @EnumSource(Try.class)
  void everyStandingGetsItsStatus(Try attempt) {
    Map<Standing, String> statuses = new LinkedHashMap<>();
    for (Standing standing : Standing.values()) {
      Principal creator = fixture.person(standing.own() ? ownRole(standing) : Role.CREATOR);
      Nano nano = nano(creator, attempt.state);
      if (standing == Standing.FORMER_CREATOR) {
        demote(creator);
      }
      @Nullable Principal who = who(standing, creator);
      String rowBefore = row(nano.id());
      int status = attempt(attempt, fixture.client(server, who), nano);
      if (status >= 400) {
        assertThat(row(nano.id()))
            .as("%s %s changes nothing", attempt, standing)
            .isEqualTo(rowBefore);
      }
      statuses.put(standing, Integer.toString(status));
    }
    assertThat(String.join(" ", statuses.values())).isEqualTo(attempt.expected);
  }

  @Test
  void onlyCreatorsAndAboveBeginANano() {
    Map<Role, Integer> statuses = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      TestClient client = fixture.client(server, fixture.person(role));
      String form = Json.text(MarketFixture.form("Von " + role));
      statuses.put(role, client.post("nanos", form).status());
    }
    assertThat(statuses)
        .isEqualTo(
            Map.of(Role.CONSUMER, 403, Role.CREATOR, 201, Role.MODERATOR, 201, Role.ADMIN, 201));
    assertThat(server.client().post("nanos", "{}").status()).isEqualTo(401);
  }

  @Test
  void onlyAdministratorsManageCategories() {
    Map<Role, Integer> statuses = new LinkedHashMap<>();
    for (Role role : Role.values()) {
      TestClient client = fixture.client(server, fixture.person(role));
      statuses.put(role, client.get("admin/categories").status());
    }
    assertThat(statuses)
        .isEqualTo(
            Map.of(Role.CONSUMER, 403, Role.CREATOR, 403, Role.MODERATOR, 403, Role.ADMIN, 200));
  }

  private record Nano(UUID id, @Nullable UUID review, @Nullable UUID rating) {}

  private static Nano nano(Principal creator, String state) {
    return switch (state) {
      case "draft" -> new Nano(fixture.draft(creator, "Entwurf"), null, null);
      case "pending" -> {
        UUID id = fixture.submitted(creator, "Wartet");
        yield new Nano(id, fixture.openCase(id), null);
      }
      case "published" -> new Nano(fixture.published(creator, "Veröffentlicht"), null, null);
      case "rated" -> {
        UUID id = fixture.published(creator, "Bewertet");
        TestClient rater = fixture.client(server, fixture.person(Role.CONSUMER));
        String rating =
            rater
                .post("nanos/" + id + "/ratings", "{\"score\": 3}")
                .data()
                .text("id")
                .orElseThrow();
        yield new Nano(id, null, UUID.fromString(rating));
      }
      case "archived" -> {
        UUID id = fixture.published(creator, "Archiviert");
        fixture.market().nanos().archive(Caller.of(creator), id);
        yield new Nano(id, null, null);
      }
      case "taken_down" -> {
        UUID id = fixture.published(creator, "Gesperrt");
        Caller moderator = Caller.of(fixture.person(Role.MODERATOR));
        fixture.market().reviews().takeDown(moderator, id, "Das gehört nicht hierher");
        yield new Nano(id, null, null);
      }
      default -> throw new AssertionError(state);
    };
  }

  private static int attempt(Try attempt, TestClient client, Nano nano) {
    String at = "nanos/" + nano.id();
    String staff = "moderation/nanos/" + nano.id();
    return switch (attempt) {
      case READ_DRAFT, READ_PENDING, READ_PUBLISHED, READ_TAKEN_DOWN, READ_ARCHIVED ->
          client.get(at).status();
      case EDIT_DRAFT, EDIT_PUBLISHED -> client.patch(at, "{\"level\": 3}").status();
      case SUBMIT_DRAFT -> client.call("POST", at + "/submit").status();
      case DELETE_DRAFT -> client.call("DELETE", at).status();
      case DECIDE ->
          client
              .post("moderation/" + nano.review() + "/decision", "{\"decision\": \"approve\"}")
              .status();
      case SEE_QUEUE -> client.get("moderation/queue").status();
      case ARCHIVE -> client.call("POST", at + "/archive").status();
      case RESTORE -> client.call("POST", at + "/restore").status();
      case TAKE_DOWN -> client.post(staff + "/takedown", REASON).status();
      case REINSTATE -> client.post(staff + "/reinstate", REASON).status();
      case UPHOLD -> client.post(staff + "/uphold", REASON).status();
      case RATE -> client.post(at + "/ratings", "{\"score\": 4}").status();
      case REPLY ->
          client
              .json("PUT", "ratings/" + nano.rating() + "/reply", "{\"reply\": \"Danke\"}")
              .status();
      case DELETE_RATING -> client.call("DELETE", "ratings/" + nano.rating()).status();
      case LIST_VERSIONS -> client.get(at + "/versions").status();
      case EDIT_VERSION ->
          client.patch(at + "/versions/1.0.0", "{\"changelog\": \"Anders\"}").status();
      case LIST_RATINGS -> client.get(at + "/ratings").status();
    };
  }

  private static Role ownRole(Standing standing) {
    return switch (standing) {
      case OWN_MODERATOR -> Role.MODERATOR;
      case OWN_ADMIN -> Role.ADMIN;
      case GUEST, STRANGER, FORMER_CREATOR, CREATOR, MODERATOR, ADMIN -> Role.CREATOR;
    };
  }

  private static @Nullable Principal who(Standing standing, Principal creator) {
    return switch (standing) {
      case GUEST -> null;
      case STRANGER -> fixture.person(Role.CONSUMER);
      case MODERATOR -> fixture.person(Role.MODERATOR);
      case ADMIN -> fixture.person(Role.ADMIN);
      case FORMER_CREATOR, CREATOR, OWN_MODERATOR, OWN_ADMIN -> creator;
    };
  }

  private static void demote(Principal creator) {
    server
        .database()
        .jdbi()
        .useHandle(tx ->
            tx.createUpdate("UPDATE app_user SET role = 'consumer' WHERE id = :id")
                .bind("id", creator.id())
                .execute());
  }

  private static String row(UUID id) {
    return server
        .database()
        .jdbi()
        .withHandle(tx ->
            tx.createQuery("SELECT row_version || status || rating_sum FROM nano WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
  }
}
