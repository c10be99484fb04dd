package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Ids;
import dev.nanoctl.server.account.Accounts;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.main.Platform;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient.Reply;
import dev.nanoctl.server.testing.TestServer;
import java.time.InstantSource;

/** Accounts in states in which they cannot sign in. */
final class AccountStates {
  private static final String PASSWORD = "langes Kennwort 73";

  private final TestServer server;
  private final MarketFixture fixture;

  AccountStates(TestServer server, MarketFixture fixture) {
    this.server = server;
    this.fixture = fixture;
  }

  /** Tries to sign in with the password of all. */
  Reply signIn(String email) {
    return server
        .client()
        .post("auth/login", "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, PASSWORD));
  }

  /** The address of a new account that was brought into this status. */
  String registered(String status) {
    String name = status.substring(0, 7) + "_1";
    Reply reply =
        server
            .client()
            .post(
                "auth/register",
                "{\"email\": \"%s@example.org\", \"username\": \"%s\", \"password\": \"%s\"}"
                    .formatted(name, name, PASSWORD));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    fixture
        .jdbi()
        .useHandle(
            tx -> tx.execute("UPDATE app_user SET status = ? WHERE username = ?", status, name));
    return name + "@example.org";
  }

  /** Tries to set a password by a one-time link. */
  Reply setPassword(String token) {
    return server
        .client()
        .post(
            "auth/password/set",
            "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, PASSWORD));
  }

  /** The one-time link of an account that was suspended since. */
  String linkOfSuspended() {
    Platform platform =
        Platform.beside(fixture.jdbi(), InstantSource.system(), new Ids(InstantSource.system()));
    var accounts =
        new Accounts(platform.jdbi(), platform.audit(), platform.clock(), platform.ids());
    Principal who = fixture.person(Role.CONSUMER);
    String token =
        accounts
            .oneTimeToken(AuditEvent.Actor.system(), accounts.find(who.id()).orElseThrow())
            .value();
    fixture
        .jdbi()
        .useHandle(
            tx -> tx.execute("UPDATE app_user SET status = 'suspended' WHERE id = ?", who.id()));
    return token;
  }
}
