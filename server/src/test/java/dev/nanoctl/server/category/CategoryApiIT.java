package dev.nanoctl.server.category;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Categories over HTTP. */
final class CategoryApiIT {
  private TestServer server;
  private MarketFixture fixture;
  private TestClient admin;

  @BeforeEach
  void start() {
    server = TestServer.start();
    fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    admin = fixture.client(server, fixture.person(Role.ADMIN));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCategoryCountsWhatStandsOnItAndBelow() {
    Principal creator = fixture.person(Role.CREATOR);
    add("briefe", "textverarbeitung");
    UUID nano = fixture.published(creator, "Im Unterthema");
    fixture
        .client(server, creator)
        .patch("nanos/" + nano, "{\"categories\": [\"briefe\", \"textverarbeitung\"]}");
    assertThat(count("briefe")).isEqualTo(1);
    assertThat(count("textverarbeitung")).isEqualTo(1);
    assertThat(count("sprachen")).isEqualTo(0);
    assertThat(server.client().get("nanos?category=textverarbeitung").list().size()).isEqualTo(1);
    fixture.client(server, creator).call("POST", "nanos/" + nano + "/archive");
    assertThat(count("briefe")).isEqualTo(0);
  }

  @Test
  void thereAreThreeLevelsAndNoCircles() {
    String top = add("eins", null);
    add("zwei", "eins");
    add("drei", "zwei");
    TestClient.Reply deep = admin.post("admin/categories", form("vier", "drei"));
    assertThat(deep.status()).isEqualTo(422);
    assertThat(deep.fields()).isEqualTo(Map.of("parent", "too_deep"));
    assertThat(admin.patch("admin/categories/" + top, "{\"parent\": \"drei\"}").fields())
        .isEqualTo(Map.of("parent", "circular"));
    assertThat(admin.patch("admin/categories/" + top, "{\"parent\": \"eins\"}").fields())
        .isEqualTo(Map.of("parent", "circular"));
    assertThat(admin.patch("admin/categories/" + top, "{\"parent\": \"sprachen\"}").fields())
        .isEqualTo(Map.of("parent", "too_deep"));
    assertThat(admin.post("admin/categories", form("eins", null)).fields())
        .isEqualTo(Map.of("slug", "taken"));
    assertThat(admin.post("admin/categories", form("fünf", null)).fields())
        .isEqualTo(Map.of("slug", "invalid_format"));
    assertThat(admin.post("admin/categories", form("fuenf", "nirgends")).fields())
        .isEqualTo(Map.of("parent", "invalid_choice"));
  }

  @Test
  void aCategoryInUseIsHiddenNotRemoved() {
    Principal creator = fixture.person(Role.CREATOR);
    fixture.published(creator, "Hält sie fest");
    JsonObject used = managed("textverarbeitung");
    String at = "admin/categories/" + used.text("id").orElseThrow();
    TestClient.Reply kept = admin.call("DELETE", at);
    assertThat(kept.status()).isEqualTo(409);
    assertThat(kept.code()).isEqualTo("CONFLICT");
    assertThat(admin.patch(at, "{\"active\": false}").status()).isEqualTo(200);
    assertThat(server.client().get("categories").list().objects())
        .noneMatch(c -> c.text("slug").orElse("").equals("textverarbeitung"));
    TestClient author = fixture.client(server, creator);
    assertThat(
            author
                .post(
                    "nanos",
                    """
                    {"title": "Neu hier", "duration_minutes": 1, "level": 1, "language": "de",
                     "categories": ["textverarbeitung"]}
                    """)
                .fields())
        .isEqualTo(Map.of("categories[0]", "invalid_choice"));
    String unused = add("leer", null);
    assertThat(admin.call("DELETE", "admin/categories/" + unused).status()).isEqualTo(204);
    assertThat(admin.call("DELETE", "admin/categories/" + unused).status()).isEqualTo(404);
  }

  @Test
  void aNewNameShowsOnTheNanosFiledThere() {
    String id = managed("textverarbeitung").text("id").orElseThrow();
    UUID nano = fixture.published(fixture.person(Role.CREATOR), "Zeigt sein Thema");
    assertThat(server.client().get("nanos/" + nano).text()).contains("Textverarbeitung");
    assertThat(server.client().get("nanos").text()).contains("Textverarbeitung");
    assertThat(admin.patch("admin/categories/" + id, "{\"name_de\": \"Schreiben\"}").status())
        .isEqualTo(200);
    assertThat(server.client().get("nanos/" + nano).text()).contains("\"Schreiben\"");
    assertThat(server.client().get("nanos").text()).contains("\"Schreiben\"");
  }

  @Test
  void aChangeOfAnOldStateIsRefused() {
    String id = add("alt", null);
    admin.with("If-Match", "\"1\"");
    assertThat(admin.patch("admin/categories/" + id, "{\"name_de\": \"Neu\"}").status())
        .isEqualTo(200);
    assertThat(admin.patch("admin/categories/" + id, "{\"name_de\": \"Neuer\"}").status())
        .isEqualTo(412);
  }

  private String add(String slug, @Nullable String parent) {
    TestClient.Reply reply = admin.post("admin/categories", form(slug, parent));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.data().text("id").orElseThrow();
  }

  private static String form(String slug, @Nullable String parent) {
    return "{\"slug\": \"%s\", \"name_de\": \"%s\", \"name_en\": \"%s\", \"parent\": %s}"
        .formatted(slug, slug, slug, parent == null ? "null" : "\"" + parent + "\"");
  }

  private JsonObject managed(String slug) {
    return admin
        .get("admin/categories")
        .list()
        .objects()
        .filter(c -> c.text("slug").orElse("").equals(slug))
        .findFirst()
        .orElseThrow();
  }

  private long count(String slug) {
    return server
        .client()
        .get("categories")
        .list()
        .objects()
        .filter(c -> c.text("slug").orElse("").equals(slug))
        .findFirst()
        .orElseThrow()
        .integer("count")
        .orElseThrow();
  }
}
