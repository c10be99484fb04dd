package dev.nanoctl.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Ids;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.Platform;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.search.lucene.LuceneIndex;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searching over HTTP, with everything behind it. */
final class SearchApiIT {
  private static TestServer server;
  private static MarketFixture fixture;
  private static Principal creator;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    creator = fixture.person(Role.CREATOR);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestClient.Reply find(String query) {
    return server.client().get("search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  private static List<String> ids(TestClient.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.list().objects().map(item -> item.text("id").orElseThrow()).toList();
  }

  private static void within5Seconds(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(assertion);
  }

  @Test
  void anApprovedNanoIsFoundWithinFiveSecondsAndAnArchivedOneIsGone() {
    UUID id = fixture.draft(creator, "Windkraftanlagen verstehen");
    assertThat(ids(find("Windkraftanlage"))).isEmpty();
    market().nanos().submit(Caller.of(creator), id);
    assertThat(ids(find("Windkraftanlage"))).isEmpty();
    fixture.approve(id);
    within5Seconds(() -> assertThat(ids(find("Windkraftanlage"))).containsExactly(id.toString()));
    within5Seconds(() -> assertThat(ids(find("wintkraft anlage"))).containsExactly(id.toString()));

    market().nanos().archive(Caller.of(creator), id);
    within5Seconds(() -> assertThat(ids(find("Windkraftanlage"))).isEmpty());
    assertThat(ids(server.client().get("search"))).doesNotContain(id.toString());
    assertThat(server.client().get("search/suggest?q=Windkr").text()).doesNotContain("Windkraft");

    market().nanos().restore(Caller.of(creator), id);
    within5Seconds(() -> assertThat(ids(find("Windkraftanlage"))).containsExactly(id.toString()));
  }

  private static dev.nanoctl.server.main.Market market() {
    return fixture.market();
  }

  @Test
  void aNanoThatWasTakenDownIsGone() {
    UUID id = fixture.published(creator, "Raubkopien verteilen");
    within5Seconds(() -> assertThat(ids(find("Raubkopie"))).containsExactly(id.toString()));
    market().reviews().takeDown(Caller.of(fixture.person(Role.MODERATOR)), id, "Das ist verboten.");
    within5Seconds(() -> assertThat(ids(find("Raubkopie"))).isEmpty());
  }

  @Test
  void aRejectedNanoIsNeverFound() {
    UUID id = fixture.submitted(creator, "Zaubertrankrezepte brauen");
    UUID review = fixture.openCase(id);
    fixture
        .client(server, fixture.person(Role.MODERATOR))
        .post(
            "moderation/" + review + "/decision",
            "{\"decision\": \"reject\", \"reason\": \"Das ist kein Lernstoff.\"}");
    UUID other = fixture.published(creator, "Kräuterkunde verstehen");
    within5Seconds(() -> assertThat(ids(find("Kräuterkunde"))).containsExactly(other.toString()));
    assertThat(ids(find("Zaubertrankrezepte"))).isEmpty();
  }

  @Test
  void anAnswerHasItemsHighlightsFacetsAndACorrection() {
    UUID id = fixture.published(creator, "Gezeitenkalender & Ebbe");
    within5Seconds(() -> assertThat(ids(find("Gezeitenkalender"))).containsExactly(id.toString()));
    within5Seconds(() -> assertThat(ids(find("Gezeitenkalendre"))).isNotEmpty());
    TestClient.Reply reply = find("Gezeitenkalendre");
    JsonObject hit = reply.list().objects().findFirst().orElseThrow();
    assertThat(hit.text("title")).contains("Gezeitenkalender & Ebbe");
    assertThat(hit.object("creator").orElseThrow().text("username")).contains(creator.username());
    assertThat(hit.object("highlight").orElseThrow().text("title"))
        .contains("<mark>Gezeitenkalender</mark> &amp; Ebbe");
    assertThat(reply.meta().text("corrected_query")).contains("Gezeitenkalender");
    assertThat(reply.meta().integer("total")).hasValue(1);
    JsonObject facets = reply.meta().object("facets").orElseThrow();
    assertThat(facets.names())
        .containsExactlyInAnyOrder(
            "category", "level", "language", "format", "license", "duration");
    JsonObject category =
        facets.array("category").orElseThrow().objects().findFirst().orElseThrow();
    assertThat(category.text("value")).contains("textverarbeitung");
    assertThat(category.integer("count")).hasValue(1);
    assertThat(find("Gezeitenkalender").json().object("meta").orElseThrow().get("corrected_query"))
        .isPresent();
    assertThat(server.client().get("search/suggest?q=gezeiten").list().texts())
        .containsExactly("Gezeitenkalender & Ebbe");
  }

  @Test
  void filtersNarrowDown() {
    UUID id = fixture.published(creator, "Polarlichter fotografieren");
    within5Seconds(() -> assertThat(ids(find("Polarlichter"))).containsExactly(id.toString()));
    TestClient client = server.client();
    assertThat(ids(client.get("search?q=polarlichter&level=2&language=de&format=text")))
        .containsExactly(id.toString());
    assertThat(ids(client.get("search?q=polarlichter&level=1,3"))).isEmpty();
    assertThat(ids(client.get("search?q=polarlichter&duration_min=7"))).isEmpty();
    assertThat(ids(client.get("search?q=polarlichter&duration_max=6&license=CC-BY-4.0")))
        .containsExactly(id.toString());
    assertThat(ids(client.get("search?q=polarlichter&category=nirgends"))).isEmpty();
  }

  @Test
  void aTopicFindsWhatStandsBelowItAndFollowsItsMoves() {
    TestClient admin = fixture.client(server, fixture.person(Role.ADMIN));
    topic(admin, "fahrzeuge", "null");
    String cycles = topic(admin, "fahrraeder", "\"fahrzeuge\"");
    String cargo = topic(admin, "lastenraeder", "\"fahrraeder\"");
    String one = filed("Kettenschaltung warten", "lastenraeder");
    String other = filed("Kettenschaltung erklären", "fahrraeder");
    within5Seconds(
        () -> assertThat(ids(inTopic("fahrzeuge"))).containsExactlyInAnyOrder(one, other));
    assertThat(ids(inTopic("fahrraeder"))).containsExactlyInAnyOrder(one, other);
    assertThat(ids(inTopic("lastenraeder"))).containsExactly(one);
    assertCountsAreWhatAClickShows(
        Map.of("fahrzeuge", 2L, "fahrraeder", 2L, "lastenraeder", 1L, "sprachen", 0L));

    admin.patch("admin/categories/" + cargo, "{\"parent\": \"sprachen\"}");
    within5Seconds(() -> assertThat(ids(inTopic("fahrzeuge"))).containsExactly(other));
    assertThat(ids(inTopic("sprachen"))).containsExactly(one);
    assertCountsAreWhatAClickShows(
        Map.of("fahrzeuge", 1L, "fahrraeder", 1L, "lastenraeder", 1L, "sprachen", 1L));

    admin.patch("admin/categories/" + cycles, "{\"slug\": \"raeder\", \"name_de\": \"Räder\"}");
    within5Seconds(() -> assertThat(ids(inTopic("raeder"))).containsExactly(other));
    assertThat(ids(inTopic("fahrraeder"))).isEmpty();
    assertThat(inTopic("raeder").text()).contains("\"Räder\"");
    assertThat(ids(inTopic("fahrzeuge"))).containsExactly(other);
  }

  private static String topic(TestClient admin, String slug, String parent) {
    TestClient.Reply reply =
        admin.post(
            "admin/categories",
            "{\"slug\": \"%s\", \"name_de\": \"%s\", \"name_en\": \"%s\", \"parent\": %s}"
                .formatted(slug, slug, slug, parent));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.data().text("id").orElseThrow();
  }

  private static String filed(String title, String topic) {
    UUID id = fixture.published(creator, title);
    TestClient.Reply reply =
        fixture
            .client(server, creator)
            .patch("nanos/" + id, "{\"categories\": [\"%s\"]}".formatted(topic));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return id.toString();
  }

  private static TestClient.Reply inTopic(String topic) {
    return server.client().get("search?q=kettenschaltung&category=" + topic);
  }

  /** The facet's number, the hits behind it, and the plain list all agree. */
  private static void assertCountsAreWhatAClickShows(Map<String, Long> expected) {
    JsonObject facets = find("kettenschaltung").meta().object("facets").orElseThrow();
    Map<String, Long> counts =
        facets
            .array("category")
            .orElseThrow()
            .objects()
            .collect(
                Collectors.toMap(
                    count -> count.text("value").orElseThrow(),
                    count -> count.integer("count").orElseThrow()));
    expected.forEach((topic, count) -> {
      assertThat(counts.getOrDefault(topic, 0L)).as(topic).isEqualTo(count);
      assertThat(inTopic(topic).meta().integer("total")).as(topic).hasValue(count);
      assertThat(server.client().get("nanos?category=" + topic).meta().integer("total"))
          .as("list of " + topic)
          .hasValue(count);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Serien",
        "a AND OR NOT (",
        "*:*",
        "foo~2^5",
        "[a TO",
        "🙂🙂",
        "שלום",
        "\u202Eabc",
        "'; DROP TABLE nano; --",
        "\\",
        "<script>alert(1)</script>",
        "   ",
        "\u0001\u0002",
        "title:makro",
        "++++",
        "ä̈̈̈"
      })
  void oddQueriesAreAnsweredCalmly(String query) {
    assertThat(find(query).status()).isEqualTo(200);
    assertThat(find(query).text()).doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search?page=0",
        "search?limit=101",
        "search?level=4",
        "search?format=smell",
        "search?sort=random",
        "search?page=600&limit=20",
        "search?duration_min=-1"
      })
  void wrongParametersAreExplained(String path) {
    TestClient.Reply reply = server.client().get(path);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BAD_REQUEST");
    assertThat(reply.fields()).hasSize(1);
  }

  @Test
  void tooLongAQueryIsExplained() {
    TestClient.Reply reply = find("x".repeat(1_000));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.fields()).containsKey("q");
  }

  @Test
  void onlyAnAdministratorReindexes() {
    assertThat(server.client().call("POST", "admin/search/reindex").status()).isEqualTo(401);
    TestClient moderator = fixture.client(server, fixture.person(Role.MODERATOR));
    assertThat(moderator.call("POST", "admin/search/reindex").status()).isEqualTo(403);
    UUID id = fixture.published(creator, "Leuchttürme zeichnen");
    TestClient admin = fixture.client(server, fixture.person(Role.ADMIN));
    TestClient.Reply accepted = admin.call("POST", "admin/search/reindex");
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    String job = accepted.data().text("job_id").orElseThrow();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(admin.get("jobs/" + job).data().text("state")).contains("done"));
    JsonObject result = admin.get("jobs/" + job).data().object("result").orElseThrow();
    assertThat(result.integer("indexed").orElse(0)).isPositive();
    within5Seconds(() -> assertThat(ids(find("Leuchtturm"))).containsExactly(id.toString()));
  }

  @Test
  void theCommandLineReindexesThroughTheRunningServer() {
    UUID id = fixture.published(creator, "Segelboote bauen");
    Platform beside =
        Platform.beside(
            server.database().jdbi(), InstantSource.system(), new Ids(InstantSource.system()));
    Reindexing reindexing =
        new Reindexing(beside.jdbi(), beside.jobs(), market().catalogue(), server.config().index());
    assertThat(reindexing.run((_, _) -> {})).isPositive();
    within5Seconds(() -> assertThat(ids(find("Segelboot"))).containsExactly(id.toString()));
  }

  @Test
  void theCommandLineReindexesWithoutAServer(@TempDir Path folder) {
    UUID id = fixture.published(creator, "Vulkane erklären");
    Platform beside =
        Platform.beside(
            server.database().jdbi(), InstantSource.system(), new Ids(InstantSource.system()));
    new Reindexing(beside.jdbi(), beside.jobs(), market().catalogue(), folder).run((_, _) -> {});
    try (LuceneIndex index = new LuceneIndex(folder)) {
      assertThat(index.condition()).isEqualTo(SearchIndex.Condition.GOOD);
      assertThat(index.revisions()).containsKey(id);
    }
  }

  @Test
  void comparingMendsWhatWasMissed(@TempDir Path folder) {
    UUID id = fixture.published(creator, "Gletscher vermessen");
    try (LuceneIndex index = new LuceneIndex(folder)) {
      Indexing indexing = new Indexing(server.database().jdbi(), market().catalogue(), index);
      index.put(SampleNanos.german(1, "Gibt es nicht mehr", ""));
      assertThat(indexing.reconcile()).isPositive();
      index.flush();
      assertThat(index.revisions()).containsKey(id).doesNotContainKey(SampleNanos.id(1));
      assertThat(indexing.reconcile()).isZero();
      index.delete(id);
      assertThat(indexing.reconcile()).isEqualTo(1);
      market().nanos().archive(Caller.of(creator), id);
      assertThat(indexing.reconcile()).isEqualTo(1);
      index.flush();
      assertThat(index.revisions()).doesNotContainKey(id);
    }
  }

  @Test
  void answersAreKeptUntilTheIndexChanges() {
    UUID first = fixture.published(creator, "Fledermäuse beobachten");
    within5Seconds(() -> assertThat(ids(find("Fledermaus"))).containsExactly(first.toString()));
    String etag = find("Fledermaus").header("ETag");
    assertThat(etag).isNotEmpty();
    assertThat(find("Fledermaus").header("ETag")).isEqualTo(etag);
    UUID second = fixture.published(creator, "Fledermäuse zählen");
    within5Seconds(() ->
        assertThat(ids(find("Fledermaus")))
            .containsExactlyInAnyOrder(first.toString(), second.toString()));
  }

  @Test
  void searchesAreCounted() {
    find("gibtesnichtxyz");
    String metrics = server.client().get("/metrics").text();
    assertThat(metrics)
        .contains("search_queries_total{outcome=\"nothing\"}")
        .contains("search_duration_seconds_bucket")
        .contains("search_index_documents")
        .contains("search_index_good 1");
  }
}
