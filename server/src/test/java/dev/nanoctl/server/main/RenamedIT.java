package dev.nanoctl.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A new name is read at once, wherever the old one was kept. */
final class RenamedIT {
  private static TestServer server;
  private static MarketFixture fixture;
  private static TestClient guest;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    guest = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Whether all of these pages say that within five seconds; the first ones at once. */
  private static void assertSoon(List<String> pages, String text) {
    for (String page : pages) {
      for (int i = 0; !guest.get(page).text().contains(text); i++) {
        assertThat(i).as("%s says %s: %s", page, text, guest.get(page).text()).isLessThan(100);
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Test
  void aCreatorsNewNameIsOnTheirNanos() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID nano = fixture.published(creator, "Knoten binden");
    List<String> cached = List.of("nanos", "nanos/" + nano);
    List<String> all = List.of("nanos", "nanos/" + nano, "search?q=Knoten");
    assertSoon(all, "Ada L");
    TestClient ada = fixture.client(server, creator);
    assertThat(ada.patch("auth/me", "{\"first_name\": \"Augusta\"}").status()).isEqualTo(200);
    for (String page : cached) {
      assertThat(guest.get(page).text()).as(page).contains("Augusta L").doesNotContain("Ada L");
    }
    assertSoon(all, "Augusta L");
    assertThat(ada.patch("auth/me", "{\"bio\": \"Neu hier\"}").status()).isEqualTo(200);
    assertThat(pending(nano)).as("a name that stays moves nothing").isZero();
  }

  private static long pending(UUID nano) {
    return server
        .database()
        .jdbi()
        .withHandle(tx ->
            tx.select("SELECT count(*) FROM outbox WHERE key = ?", nano.toString())
                .mapTo(Long.class)
                .one());
  }

  @Test
  void aTopicsNewNameIsOnItsNanos() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID nano = fixture.published(creator, "Briefe falten");
    List<String> all = List.of("categories", "nanos", "nanos/" + nano, "search?q=Briefe");
    assertSoon(all, "Textverarbeitung");
    TestClient admin = fixture.client(server, fixture.person(Role.ADMIN));
    UUID category =
        server
            .database()
            .jdbi()
            .withHandle(tx ->
                tx.createQuery("SELECT id FROM category WHERE slug = 'textverarbeitung'")
                    .mapTo(UUID.class)
                    .one());
    String change = "{\"name_de\": \"Schreiben am Rechner\"}";
    assertThat(admin.patch("admin/categories/" + category, change).status()).isEqualTo(200);
    for (String page : all.subList(0, 3)) {
      assertThat(guest.get(page).text()).as(page).contains("Schreiben am Rechner");
    }
    assertSoon(all, "Schreiben am Rechner");
  }
}
