package dev.nanoctl.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.ServerConfig;
import dev.nanoctl.server.testing.FakeClock;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInIT {
  private static final String PASSWORD = "kranich lampe ufer neun";

  private final FakeClock clock = FakeClock.morning();
  private final TestServer server =
      TestServer.start(clock, config -> config.with(ServerConfig.Limits.standard()));
  private final TestClient browser = server.client();

  @BeforeEach
  void register() {
    TestClient.Reply reply =
        browser.post(
            "auth/register",
            """
            {"email": "Ada@Example.org", "username": "ada", "password": "%s", "first_name": "Ada"}
            """
                .formatted(PASSWORD));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aBrowserSignsInWithCookiesAndOutAgain() {
    TestClient.Reply login = login(browser, PASSWORD);
    assertThat(login.status()).isEqualTo(200);
    assertThat(login.raw().headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict"));
    assertThat(login.data().has("access_token")).isFalse();
    JsonObject user = login.data().object("user").orElseThrow();
    assertThat(user.text("email")).hasValue("ada@example.org");
    assertThat(user.text("display_name")).hasValue("Ada");
    assertThat(user.text("role")).hasValue("consumer");

    TestClient.Reply me = browser.get("auth/me");
    assertThat(me.status()).isEqualTo(200);
    String csrf = me.data().text("csrf_token").orElseThrow();
    assertThat(csrf).isEqualTo(login.data().text("csrf_token").orElseThrow());

    assertThat(browser.call("POST", "auth/logout").code()).isEqualTo("CSRF_FAILED");
    browser.with("X-CSRF-Token", csrf);
    assertThat(browser.call("POST", "auth/logout").status()).isEqualTo(204);
    assertThat(browser.get("auth/me").status()).isEqualTo(401);
  }

  @Test
  void aChangeFromAnotherSiteIsRefused() {
    String csrf = login(browser, PASSWORD).data().text("csrf_token").orElseThrow();
    browser.with("X-CSRF-Token", csrf).with("Origin", "https://evil.example");
    assertThat(browser.patch("auth/me", "{\"bio\": \"x\"}").code()).isEqualTo("CSRF_FAILED");
  }

  @Test
  void tokensAreInTheBodyOnlyWhenAskedFor() {
    TestClient program = server.client().with("X-Auth-Mode", "bearer");
    TestClient.Reply login = login(program, PASSWORD);
    assertThat(login.raw().headers().allValues("Set-Cookie")).isEmpty();
    String access = login.data().text("access_token").orElseThrow();
    assertThat(login.data().integer("expires_in")).hasValue(900);
    TestClient other = server.client().with("Authorization", "Bearer " + access);
    assertThat(other.get("auth/me").status()).isEqualTo(200);
    assertThat(other.patch("auth/me", "{\"bio\": \"Mag Maschinen.\"}").status()).isEqualTo(200);
    clock.advance(SignIns.ACCESS_LIFE.plusSeconds(1));
    assertThat(other.get("auth/me").code()).isEqualTo("TOKEN_EXPIRED");
  }

  @Test
  void aRefreshTokenUsedTwiceEndsTheWholeSignIn() {
    TestClient program = server.client().with("X-Auth-Mode", "bearer");
    String first = login(program, PASSWORD).data().text("refresh_token").orElseThrow();
    TestClient.Reply second = refresh(program, first);
    assertThat(second.status()).isEqualTo(200);
    String access = second.data().text("access_token").orElseThrow();
    String next = second.data().text("refresh_token").orElseThrow();

    clock.advance(SignIns.OVERLAP);
    assertThat(refresh(program, first).code()).isEqualTo("UNAUTHORIZED");
    assertThat(refresh(program, next).code()).isEqualTo("UNAUTHORIZED");
    TestClient other = server.client().with("Authorization", "Bearer " + access);
    assertThat(other.get("auth/me").code()).isEqualTo("TOKEN_EXPIRED");
    assertThat(audited("auth.refresh_reuse")).isOne();
  }

  @Test
  void twoTabsMayRefreshAtTheSameMoment() {
    TestClient program = server.client().with("X-Auth-Mode", "bearer");
    String first = login(program, PASSWORD).data().text("refresh_token").orElseThrow();
    String oneTab = refresh(program, first).data().text("refresh_token").orElseThrow();
    clock.advance(Duration.ofSeconds(3));
    String otherTab = refresh(program, first).data().text("refresh_token").orElseThrow();
    clock.advance(Duration.ofMinutes(15));
    assertThat(refresh(program, oneTab).status()).isEqualTo(200);
    assertThat(refresh(program, otherTab).status()).isEqualTo(200);
    assertThat(refresh(program, first).code()).isEqualTo("UNAUTHORIZED");
    assertThat(audited("auth.refresh_reuse")).isOne();
  }

  @Test
  void aRefreshTokenThatWasNotUsedForAWeekIsTooOld() {
    TestClient program = server.client().with("X-Auth-Mode", "bearer");
    String token = login(program, PASSWORD).data().text("refresh_token").orElseThrow();
    clock.advance(SignIns.REFRESH_LIFE.plusSeconds(1));
    assertThat(refresh(program, token).code()).isEqualTo("UNAUTHORIZED");
  }

  @Test
  void fiveWrongPasswordsLockTheAccountForAQuarterOfAnHour() {
    for (int i = 0; i < SignIns.MOST_FAILURES; i++) {
      assertThat(login(browser, "falsch geraten").code()).isEqualTo("UNAUTHORIZED");
      clock.advance(Duration.ofSeconds(30));
    }
    TestClient.Reply locked = login(browser, PASSWORD);
    assertThat(locked.status()).isEqualTo(423);
    assertThat(locked.code()).isEqualTo("ACCOUNT_LOCKED");
    assertThat(Long.parseLong(locked.header("Retry-After"))).isBetween(800L, 900L);
    clock.advance(SignIns.LOCK);
    assertThat(login(browser, PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void afterTheLockOneMoreWrongPasswordDoesNotLockAgain() {
    for (int i = 0; i < SignIns.MOST_FAILURES; i++) {
      login(browser, "falsch geraten");
      clock.advance(Duration.ofSeconds(30));
    }
    clock.advance(SignIns.LOCK);
    assertThat(login(browser, "falsch geraten").code()).isEqualTo("UNAUTHORIZED");
    assertThat(login(browser, PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void anUnknownAddressLooksLikeAKnownOneEvenWhenLocked() {
    for (int i = 0; i < SignIns.MOST_FAILURES; i++) {
      assertThat(login(browser, "nobody@example.org", PASSWORD).code()).isEqualTo("UNAUTHORIZED");
      clock.advance(Duration.ofSeconds(30));
    }
    assertThat(login(browser, "nobody@example.org", PASSWORD).code()).isEqualTo("ACCOUNT_LOCKED");
  }

  @Test
  void oneAddressMayTryFiveTimesAMinute() {
    for (int i = 0; i < 5; i++) {
      login(browser, "nobody%d@example.org".formatted(i), PASSWORD);
    }
    TestClient.Reply refused = login(browser, PASSWORD);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isNotEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(login(browser, PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aNewPasswordEndsOtherSignInsButNotThisOne() {
    TestClient elsewhere = server.client();
    login(elsewhere, PASSWORD);
    String csrf = login(browser, PASSWORD).data().text("csrf_token").orElseThrow();
    browser.with("X-CSRF-Token", csrf);
    assertThat(
            browser
                .post(
                    "auth/password/change",
                    "{\"current_password\": \"falsch\", \"new_password\": \"vier andere wörter\"}")
                .fields())
        .isEqualTo(Map.of("current_password", "wrong"));
    assertThat(
            browser
                .post(
                    "auth/password/change",
                    "{\"current_password\": \"%s\", \"new_password\": \"vier andere wörter\"}"
                        .formatted(PASSWORD))
                .status())
        .isEqualTo(204);
    assertThat(browser.get("auth/me").status()).isEqualTo(200);
    assertThat(elsewhere.get("auth/me").status()).isEqualTo(401);
    clock.advance(Duration.ofMinutes(1));
    assertThat(login(server.client(), "vier andere wörter").status()).isEqualTo(200);
  }

  @Test
  void aOneTimeLinkSetsAPasswordOnceAndSignsIn() {
    Accounts accounts =
        new Accounts(server.database().jdbi(), new Audit(clock), clock, UUID::randomUUID);
    Account admin = accounts.create("leitung@example.org", Role.ADMIN, null);
    String token = accounts.oneTimeToken(AuditEvent.Actor.system(), admin).value();
    String body = "{\"token\": \"%s\", \"password\": \"ein satz für alle\"}".formatted(token);
    TestClient.Reply first = browser.post("auth/password/set", body);
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(browser.get("auth/me").data().object("user").orElseThrow().text("role"))
        .hasValue("admin");
    assertThat(server.client().post("auth/password/set", body).code()).isEqualTo("GONE");
    assertThat(login(server.client(), "leitung@example.org", "ein satz für alle").status())
        .isEqualTo(200);
  }

  @Test
  void aOneTimeLinkExpiresAndIsReplacedByTheNext() {
    Accounts accounts =
        new Accounts(server.database().jdbi(), new Audit(clock), clock, UUID::randomUUID);
    Account ada = accounts.find("ada@example.org").orElseThrow();
    String old = accounts.oneTimeToken(AuditEvent.Actor.system(), ada).value();
    String fresh = accounts.oneTimeToken(AuditEvent.Actor.system(), ada).value();
    String body = "{\"token\": \"%s\", \"password\": \"ein satz für alle\"}";
    assertThat(browser.post("auth/password/set", body.formatted(old)).code()).isEqualTo("GONE");
    clock.advance(Accounts.LINK_LIFE);
    assertThat(browser.post("auth/password/set", body.formatted(fresh)).code()).isEqualTo("GONE");
  }

  @Test
  void otherSignInsAreListedAndEnded() {
    TestClient elsewhere = server.client();
    login(elsewhere, PASSWORD);
    String csrf = login(browser, PASSWORD).data().text("csrf_token").orElseThrow();
    browser.with("X-CSRF-Token", csrf);
    var other =
        browser.get("auth/sessions").list().values().stream()
            .map(JsonObject.class::cast)
            .filter(session -> !session.bool("current").orElseThrow())
            .findFirst()
            .orElseThrow();
    String id = other.text("id").orElseThrow();
    assertThat(browser.call("DELETE", "auth/sessions/" + id).status()).isEqualTo(204);
    assertThat(browser.call("DELETE", "auth/sessions/" + id).status()).isEqualTo(404);
    assertThat(elsewhere.get("auth/me").status()).isEqualTo(401);
  }

  private static TestClient.Reply login(TestClient client, String password) {
    return login(client, "ada@example.org", password);
  }

  private static TestClient.Reply login(TestClient client, String email, String password) {
    return client.post(
        "auth/login", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
  }

  private static TestClient.Reply refresh(TestClient client, String token) {
    return client.post("auth/refresh-token", "{\"refresh_token\": \"%s\"}".formatted(token));
  }

  private long audited(String action) {
    return server
        .database()
        .jdbi()
        .withHandle(tx ->
            tx.createQuery(
                    """
                    SELECT (SELECT count(*) FROM audit_pending WHERE action = :action)
                         + (SELECT count(*) FROM audit_log WHERE action = :action)
                    """)
                .bind("action", action)
                .mapTo(Long.class)
                .one());
  }
}
