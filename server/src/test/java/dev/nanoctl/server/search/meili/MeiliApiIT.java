package dev.nanoctl.server.search.meili;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Secret;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.search.SearchEngine;
import dev.nanoctl.server.search.meili.fake.FakeMeili;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searching over HTTP while the index lives in Meilisearch. */
final class MeiliApiIT {
  private static final String KEY = "a-master-key-of-tests";
  private static FakeMeili meili;
  private static TestServer server;
  private static MarketFixture fixture;
  private static Principal creator;

  @BeforeAll
  static void start() {
    meili = FakeMeili.start(KEY);
    SearchEngine engine = new SearchEngine.Meili(MeiliSettings.of(meili.url(), new Secret(KEY)));
    server = TestServer.start(InstantSource.system(), config -> config.with(engine));
    fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    creator = fixture.person(Role.CREATOR);
  }

  @AfterAll
  static void stop() {
    server.close();
    meili.close();
  }

  private static TestClient.Reply find(String query) {
    return server.client().get("search?q=" + query);
  }

  private static List<String> ids(TestClient.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.list().objects().map(item -> item.text("id").orElseThrow()).toList();
  }

  private static void within(int seconds, ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(seconds))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(assertion);
  }

  @Test
  void whatIsPublishedIsFoundAndAnOutageLosesNothing() {
    within(15, () -> assertThat(server.client().get("/ready").text()).contains("\"ready\""));
    UUID first = fixture.published(creator, "Windkraftanlagen verstehen");
    within(15, () -> assertThat(ids(find("Wintkraftanlagen"))).containsExactly(first.toString()));

    meili.outage(503);
    within(
        15,
        () -> {
          TestClient.Reply down = find("Gletscher");
          assertThat(down.status()).isEqualTo(503);
          assertThat(down.code()).isEqualTo("DEPENDENCY_DOWN");
          assertThat(down.header("Retry-After")).isEqualTo("5");
        });
    within(
        10,
        () -> {
          TestClient.Reply ready = server.client().get("/ready");
          assertThat(ready.status()).isEqualTo(200);
          assertThat(ready.text()).contains("degraded");
        });
    assertThat(server.client().get("/metrics").status()).isEqualTo(200);
    UUID second = fixture.published(creator, "Gletscher vermessen");
    assertThat(server.client().get("nanos/" + second).status()).isEqualTo(200);

    meili.outage(0);
    within(30, () -> assertThat(ids(find("Gletscher"))).containsExactly(second.toString()));
    within(15, () -> assertThat(server.client().get("/ready").text()).doesNotContain("degraded"));
  }

  @Test
  void aServerThatLostItsDiskIsFilledFromTheDatabase() {
    UUID nano = fixture.published(creator, "Leuchttürme zählen");
    within(15, () -> assertThat(ids(find("Leuchtturm"))).containsExactly(nano.toString()));
    meili.forget();
    within(
        25,
        () -> {
          // words that were not asked for before, so that no kept answer is seen
          assertThat(ids(find("Leuchtt%C3%BCrme%20z%C3%A4hlen"))).containsExactly(nano.toString());
        });
  }
}
