package dev.nanoctl.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccountIT {
  private static final String PASSWORD = "kranich lampe ufer neun";
  private static TestServer server;
  private static Accounts accounts;
  private static TestClient admin;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    accounts =
        new Accounts(
            server.database().jdbi(),
            new Audit(InstantSource.system()),
            InstantSource.system(),
            UUID::randomUUID);
    accounts.create("leitung@example.org", Role.ADMIN, new Secret(PASSWORD));
    admin = bearer("leitung@example.org");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestClient bearer(String email) {
    String token =
        server
            .client()
            .with("X-Auth-Mode", "bearer")
            .post(
                "auth/login",
                "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, PASSWORD))
            .data()
            .text("access_token")
            .orElseThrow();
    return server.client().with("Authorization", "Bearer " + token);
  }

  private static String user(String email, String username) {
    return "{\"email\": \"%s\", \"username\": \"%s\", \"password\": \"%s\"}"
        .formatted(email, username, PASSWORD);
  }

  @Test
  void aKnownAddressIsAnsweredLikeANewOneAndNothingChanges() {
    TestClient client = server.client();
    TestClient.Reply fresh = client.post("auth/register", user("bo@example.org", "bo_one"));
    TestClient.Reply again = client.post("auth/register", user("bo@example.org", "bo_two"));
    assertThat(again.status()).isEqualTo(fresh.status()).isEqualTo(201);
    assertThat(again.data()).isEqualTo(fresh.data());
    assertThat(accounts.find("bo@example.org").orElseThrow().username()).isEqualTo("bo_one");
  }

  static Stream<Arguments> badRegistrations() {
    return Stream.of(
        Arguments.of(
            "{}", Map.of("email", "required", "username", "required", "password", "required")),
        Arguments.of(user("keine-adresse", "cleo"), Map.of("email", "invalid_format")),
        Arguments.of(user("Cleo@Self-Test.invalid", "cleo"), Map.of("email", "invalid_format")),
        Arguments.of(user("cleo@example.org", "C L"), Map.of("username", "invalid_format")),
        Arguments.of(user("cleo@example.org", "cl"), Map.of("username", "too_short")),
        Arguments.of(
            "{\"email\": \"cleo@example.org\", \"username\": \"cleo\", \"password\": \"kurz\"}",
            Map.of("password", "too_short")),
        Arguments.of(
            "{\"email\": \"cleo@example.org\", \"username\": \"cleo\", \"password\":"
                + " \"passwort123\"}",
            Map.of("password", "too_common")),
        Arguments.of(
            "{\"email\": \"cleo@example.org\", \"username\": \"leitung\", \"password\":"
                + " \"passwort123\"}",
            Map.of("password", "too_common", "username", "taken")),
        Arguments.of(
            "{\"email\": \"cleo@example.org\", \"username\": \"cleo\", \"password\": \"%s\", \"role\": \"admin\"}"
                .formatted(PASSWORD),
            Map.of("role", "unknown")));
  }

  @ParameterizedTest
  @MethodSource("badRegistrations")
  void aBadRegistrationNamesEveryWrongFieldAndCreatesNothing(
      String body, Map<String, String> expected) {
    TestClient.Reply reply = server.client().post("auth/register", body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("VALIDATION_ERROR");
    assertThat(reply.fields().keySet()).isEqualTo(expected.keySet());
    assertThat(accounts.find("cleo@example.org")).isEmpty();
  }

  @Test
  void aProfileIsChangedFieldByFieldAndGuardedByItsVersion() {
    accounts.create("dora@example.org", Role.CONSUMER, new Secret(PASSWORD));
    TestClient dora = bearer("dora@example.org");
    String etag = dora.get("auth/me").header("ETag");
    TestClient.Reply named =
        dora.patch("auth/me", "{\"first_name\": \"Dora\", \"bio\": \"Hallo\"}");
    assertThat(named.data().object("user").orElseThrow().text("display_name")).hasValue("Dora");
    TestClient.Reply cleared = dora.patch("auth/me", "{\"bio\": null}");
    assertThat(cleared.data().object("user").orElseThrow().text("bio")).isEmpty();
    assertThat(cleared.data().object("user").orElseThrow().text("first_name")).hasValue("Dora");
    dora.with("If-Match", etag);
    assertThat(dora.patch("auth/me", "{\"bio\": \"spät\"}").code())
        .isEqualTo("PRECONDITION_FAILED");
  }

  @Test
  void aConsumerBecomesACreatorByConfirmingTheirRights() {
    accounts.create("emil@example.org", Role.CONSUMER, new Secret(PASSWORD));
    TestClient emil = bearer("emil@example.org");
    assertThat(emil.post("users/me/become-creator", "{\"rights_confirmed\": false}").status())
        .isEqualTo(422);
    TestClient.Reply yes = emil.post("users/me/become-creator", "{\"rights_confirmed\": true}");
    assertThat(yes.data().object("user").orElseThrow().text("role")).hasValue("creator");
  }

  @Test
  void onlyAdministratorsSeeAndChangeAccounts() {
    Account fred = accounts.create("fred@example.org", Role.MODERATOR, new Secret(PASSWORD));
    TestClient moderator = bearer("fred@example.org");
    assertThat(moderator.get("admin/users").status()).isEqualTo(403);
    assertThat(server.client().get("admin/users").status()).isEqualTo(401);
    assertThat(moderator.patch("admin/users/" + fred.id(), "{\"role\": \"admin\"}").status())
        .isEqualTo(403);

    TestClient.Reply found = admin.get("admin/users?q=fred");
    assertThat(found.meta().integer("total")).hasValue(1);
    assertThat(admin.patch("admin/users/" + fred.id(), "{\"status\": \"suspended\"}").status())
        .isEqualTo(200);
    assertThat(moderator.get("auth/me").status()).isEqualTo(401);
    assertThat(
            server
                .client()
                .post(
                    "auth/login",
                    "{\"email\": \"fred@example.org\", \"password\": \"%s\"}".formatted(PASSWORD))
                .code())
        .isEqualTo("ACCOUNT_SUSPENDED");
    assertThat(admin.patch("admin/users/" + UUID.randomUUID(), "{}").status()).isEqualTo(404);
  }

  @Test
  void theLastAdministratorStays() {
    UUID id = accounts.find("leitung@example.org").orElseThrow().id();
    for (String change : List.of("{\"role\": \"consumer\"}", "{\"status\": \"suspended\"}")) {
      assertThat(admin.patch("admin/users/" + id, change).code()).isEqualTo("CONFLICT");
    }
    assertThat(accounts.hasAdmin()).isTrue();
  }

  @Test
  void everyoneSeesOnlyThePublicSideOfAnAccount() {
    UUID id = accounts.find("leitung@example.org").orElseThrow().id();
    TestClient.Reply shown = server.client().get("users/" + id);
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.text()).doesNotContain("leitung@example.org");
  }

  @Test
  void theCommandLineRefusesATakenOrBadAddress() {
    assertThatThrownBy(() -> accounts.create("leitung@example.org", Role.CONSUMER, null))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("NC-USER-EXISTS");
    assertThatThrownBy(() -> accounts.create("leitung", Role.CONSUMER, null))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("NC-EMAIL-INVALID");
    assertThatThrownBy(() -> accounts.create("eva@self-test.invalid", Role.CONSUMER, null))
        .as("a self-test would take it for one of its own and remove it")
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("NC-EMAIL-INVALID");
  }
}
