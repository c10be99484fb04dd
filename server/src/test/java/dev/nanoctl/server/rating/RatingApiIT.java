package dev.nanoctl.server.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.ServerConfig;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ratings over HTTP. */
final class RatingApiIT {
  private static TestServer server;
  private static MarketFixture fixture;
  private static Principal creator;

  @BeforeAll
  static void start() {
    // plenty of calls in all, but what the product allows for each endpoint
    var limits = new ServerConfig.Limits(1_000_000, 1_000_000);
    server = TestServer.start(InstantSource.system(), config -> config.with(limits));
    fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    creator = fixture.person(Role.CREATOR);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestClient reader() {
    return fixture.client(server, fixture.person(Role.CONSUMER));
  }

  @Test
  void aRatingIsShownToAllAndCountedInTheHistogram() {
    UUID nano = fixture.published(creator, "Bewertbar");
    TestClient reader = reader();
    TestClient.Reply made =
        reader.post("nanos/" + nano + "/ratings", "{\"score\": 5, \"comment\": \" Klar! \"}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.data().text("comment")).contains("Klar!");
    assertThat(made.data().bool("mine")).contains(true);
    reader().post("nanos/" + nano + "/ratings", "{\"score\": 4}");
    TestClient.Reply listed = server.client().get("nanos/" + nano + "/ratings");
    assertThat(listed.list().size()).isEqualTo(2);
    assertThat(listed.list().objects()).allMatch(r -> !r.bool("mine").orElse(true));
    JsonObject histogram = listed.meta().object("histogram").orElseThrow();
    assertThat(histogram.integer("5")).hasValue(1);
    assertThat(histogram.integer("4")).hasValue(1);
    assertThat(histogram.integer("1")).hasValue(0);
    assertThat(listed.meta().number("average")).hasValue(4.5);
    assertThat(listed.meta().integer("total")).hasValue(2);
    assertThat(reader.get("nanos/" + nano + "/ratings").list().objects())
        .anyMatch(r -> r.bool("mine").orElse(false));
  }

  @Test
  void oneRatesOnceButMayChangeItsMind() {
    UUID nano = fixture.published(creator, "Einmal");
    TestClient reader = reader();
    String id = rate(reader, nano, 2);
    TestClient.Reply again = reader.post("nanos/" + nano + "/ratings", "{\"score\": 3}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("ALREADY_RATED");
    assertThat(reader.patch("ratings/" + id, "{\"score\": 4}").data().integer("score")).hasValue(4);
    assertThat(reader.patch("ratings/" + id, "{\"comment\": \"Besser\"}").data().text("comment"))
        .contains("Besser");
    assertThat(reader.patch("ratings/" + id, "{\"comment\": null}").data().text("comment"))
        .isEmpty();
    assertThat(average(nano)).isEqualTo(4.0);
    assertThat(reader().patch("ratings/" + id, "{\"score\": 1}").status()).isEqualTo(403);
    reader.with("If-Match", "\"1\"");
    assertThat(reader.patch("ratings/" + id, "{\"score\": 1}").status()).isEqualTo(412);
    reader.with("If-Match", "");
    assertThat(reader.call("DELETE", "ratings/" + id).status()).isEqualTo(204);
    assertThat(reader.call("DELETE", "ratings/" + id).status()).isEqualTo(404);
    assertThat(
            server
                .client()
                .get("nanos/" + nano)
                .data()
                .object("rating")
                .orElseThrow()
                .integer("count"))
        .hasValue(0);
  }

  @Test
  void helpfulCountsEveryPersonOnceAndNotTheAuthor() {
    UUID nano = fixture.published(creator, "Hilfreich");
    TestClient author = reader();
    String id = rate(author, nano, 5);
    TestClient other = reader();
    for (int i = 0; i < 2; i++) {
      assertThat(other.call("PUT", "ratings/" + id + "/helpful").status()).isEqualTo(204);
    }
    assertThat(helpful(nano)).isEqualTo(1);
    assertThat(author.call("PUT", "ratings/" + id + "/helpful").status()).isEqualTo(403);
    for (int i = 0; i < 2; i++) {
      assertThat(other.call("DELETE", "ratings/" + id + "/helpful").status()).isEqualTo(204);
    }
    assertThat(helpful(nano)).isEqualTo(0);
  }

  @Test
  void theCreatorReplies() {
    UUID nano = fixture.published(creator, "Beantwortet");
    String id = rate(reader(), nano, 1);
    TestClient mine = fixture.client(server, creator);
    JsonObject replied =
        mine.json("PUT", "ratings/" + id + "/reply", "{\"reply\": \"Danke, ist behoben.\"}").data();
    assertThat(replied.text("reply")).contains("Danke, ist behoben.");
    assertThat(replied.text("replied_at")).isPresent();
    assertThat(mine.call("DELETE", "ratings/" + id + "/reply").data().text("reply")).isEmpty();
  }

  @Test
  void onlyPublishedNanosAreRated() {
    UUID nano = fixture.published(creator, "Vom Markt");
    TestClient reader = reader();
    String id = rate(reader, nano, 5);
    fixture.client(server, creator).call("POST", "nanos/" + nano + "/archive");
    assertThat(reader().post("nanos/" + nano + "/ratings", "{\"score\": 5}").status())
        .isEqualTo(404);
    assertThat(reader.patch("ratings/" + id, "{\"score\": 1}").status()).isEqualTo(404);
    TestClient moderator = fixture.client(server, fixture.person(Role.MODERATOR));
    assertThat(moderator.post("nanos/" + nano + "/ratings", "{\"score\": 5}").code())
        .isEqualTo("INVALID_TRANSITION");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | score | required",
        "{\"score\": 0} | score | too_small",
        "{\"score\": 6} | score | too_large",
        "{\"score\": 4.5} | score | wrong_type",
        "{\"score\": \"5\"} | score | wrong_type",
        "{\"score\": null} | score | required",
        "{\"score\": 3, \"comment\": 7} | comment | wrong_type",
        "{\"score\": 3, \"stars\": 7} | stars | unknown_field"
      })
  void aBadRatingIsRefusedAndChangesNothing(String body, String field, String code) {
    UUID nano = fixture.published(creator, "Unbewertet");
    TestClient.Reply reply = reader().post("nanos/" + nano + "/ratings", body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("VALIDATION_ERROR");
    assertThat(reply.fields()).isEqualTo(Map.of(field, code));
    assertThat(server.client().get("nanos/" + nano + "/ratings").meta().integer("total"))
        .hasValue(0);
  }

  @Test
  void tenRatingsAMinuteAreEnough() {
    TestClient reader = reader();
    int refused = 0;
    for (int i = 0; i < 12; i++) {
      TestClient.Reply reply =
          reader.post("nanos/" + UUID.randomUUID() + "/ratings", "{\"score\": 5}");
      refused += reply.code().equals("RATE_LIMITED") ? 1 : 0;
      if (reply.code().equals("RATE_LIMITED")) {
        assertThat(reply.header("Retry-After")).matches("\\d+");
      }
    }
    assertThat(refused).isEqualTo(2);
  }

  private static String rate(TestClient reader, UUID nano, int score) {
    return reader
        .post("nanos/" + nano + "/ratings", "{\"score\": " + score + "}")
        .data()
        .text("id")
        .orElseThrow();
  }

  private static long helpful(UUID nano) {
    return server
        .client()
        .get("nanos/" + nano + "/ratings")
        .list()
        .objects()
        .findFirst()
        .orElseThrow()
        .integer("helpful")
        .orElseThrow();
  }

  private static double average(UUID nano) {
    return server
        .client()
        .get("nanos/" + nano)
        .data()
        .object("rating")
        .orElseThrow()
        .number("average")
        .orElseThrow();
  }
}
