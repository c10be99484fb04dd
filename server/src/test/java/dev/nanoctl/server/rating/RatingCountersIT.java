package dev.nanoctl.server.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.moderation.Decision;
import dev.nanoctl.server.moderation.Verdict;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counters and decisions when many come at once. */
final class RatingCountersIT {
  private static TestDatabase database;
  private static MarketFixture fixture;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    fixture = new MarketFixture(database.jdbi(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void aHundredRatingsAtOnceAreCountedExactly() throws Exception {
    UUID nano = fixture.published(fixture.person(Role.CREATOR), "Beliebt");
    List<Callable<Object>> raters = new ArrayList<>();
    int sum = 0;
    for (int i = 0; i < 100; i++) {
      Caller caller = Caller.of(fixture.person(Role.CONSUMER));
      int score = 1 + i % 5;
      sum += score;
      raters.add(() -> fixture.market().ratings().rate(caller, nano, score, null));
    }
    assertThat(codes(raters)).containsOnly("ok");
    assertThat(counters(nano)).isEqualTo("100 " + sum);
    assertThat(score(nano)).isEqualTo((sum + 17.5) / 105);
  }

  @Test
  void onePersonRatingManyTimesAtOnceCountsOnce() throws Exception {
    UUID nano = fixture.published(fixture.person(Role.CREATOR), "Doppelt");
    Caller caller = Caller.of(fixture.person(Role.CONSUMER));
    List<Callable<Object>> tries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tries.add(() -> fixture.market().ratings().rate(caller, nano, 4, null));
    }
    List<String> codes = codes(tries);
    assertThat(codes).filteredOn("ok"::equals).hasSize(1);
    assertThat(codes).filteredOn(ApiError.ALREADY_RATED.name()::equals).hasSize(19);
    assertThat(counters(nano)).isEqualTo("1 4");
  }

  @Test
  void changesRemovalsAndNewRatingsAtOnceLeaveExactCounters() throws Exception {
    UUID nano = fixture.published(fixture.person(Role.CREATOR), "Lebhaft");
    List<Callable<Object>> work = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Caller caller = Caller.of(fixture.person(Role.CONSUMER));
      UUID id = id(fixture.market().ratings().rate(caller, nano, 1, null));
      if (i % 2 == 0) {
        work.add(() ->
            fixture
                .market()
                .ratings()
                .change(caller, id, Optional.empty(), new Ratings.Change(5, false, null)));
      } else {
        work.add(() -> {
          fixture.market().ratings().delete(caller, id);
          return "";
        });
      }
      Caller other = Caller.of(fixture.person(Role.CONSUMER));
      work.add(() -> fixture.market().ratings().rate(other, nano, 3, null));
    }
    assertThat(codes(work)).containsOnly("ok");
    assertThat(counters(nano)).isEqualTo("45 " + (15 * 5 + 30 * 3));
    assertThat(counters(nano)).isEqualTo(recount(nano));
  }

  @Test
  void ofTwoModeratorsOneDecides() throws Exception {
    for (int round = 0; round < 10; round++) {
      UUID nano = fixture.submitted(fixture.person(Role.CREATOR), "Runde " + round);
      UUID review = fixture.openCase(nano);
      Caller one = Caller.of(fixture.person(Role.MODERATOR));
      Caller two = Caller.of(fixture.person(Role.MODERATOR));
      List<String> codes =
          codes(
              List.of(
                  () -> decide(one, review, new Decision(Verdict.APPROVE, null, null)),
                  () ->
                      decide(
                          two,
                          review,
                          new Decision(Verdict.REJECT, "Das passt hier nicht", null))));
      assertThat(codes).containsExactlyInAnyOrder("ok", ApiError.INVALID_TRANSITION.name());
    }
  }

  @Test
  void archivingWhileAVersionIsDecidedNeverDeadlocks() throws Exception {
    for (int round = 0; round < 10; round++) {
      Principal creator = fixture.person(Role.CREATOR);
      UUID nano = fixture.published(creator, "Wettlauf " + round);
      fixture.addVersion(creator, nano, "2.0.0");
      fixture.market().nanos().submit(Caller.of(creator), nano);
      UUID review = fixture.openCase(nano);
      Caller moderator = Caller.of(fixture.person(Role.MODERATOR));
      List<String> codes =
          codes(
              List.of(
                  () -> decide(moderator, review, new Decision(Verdict.APPROVE, null, null)),
                  () -> {
                    fixture.market().nanos().archive(Caller.of(creator), nano);
                    return "";
                  }));
      assertThat(codes)
          .allMatch(code -> code.equals("ok") || code.equals("INVALID_TRANSITION"))
          .contains("ok");
    }
  }

  private static Object decide(Caller caller, UUID review, Decision decision) {
    return fixture.market().reviews().decide(caller, review, decision);
  }

  /** Runs all at once and answers what came of each: ok, or the code of its error. */
  private static List<String> codes(List<Callable<Object>> calls)
      throws InterruptedException, ExecutionException {
    List<Callable<String>> guarded = new ArrayList<>();
    for (Callable<Object> call : calls) {
      guarded.add(() -> {
        try {
          call.call();
          return "ok";
        } catch (ApiException e) {
          return e.error().name();
        }
      });
    }
    List<String> codes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> done : threads.invokeAll(guarded)) {
        codes.add(done.get());
      }
    }
    return codes;
  }

  private static UUID id(String json) {
    return UUID.fromString(Json.parseObject(json).text("id").orElseThrow());
  }

  private static String counters(UUID nano) {
    return query("SELECT rating_count || ' ' || rating_sum FROM nano WHERE id = :id", nano);
  }

  private static String recount(UUID nano) {
    return query("SELECT count(*) || ' ' || sum(score) FROM rating WHERE nano_id = :id", nano);
  }

  private static double score(UUID nano) {
    return Double.parseDouble(query("SELECT rating_score FROM nano WHERE id = :id", nano));
  }

  private static String query(String sql, UUID nano) {
    return database
        .jdbi()
        .withHandle(tx -> tx.createQuery(sql).bind("id", nano).mapTo(String.class).one());
  }
}
