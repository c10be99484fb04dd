package dev.nanoctl.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.core.Ids;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.testing.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JobsIT {
  private static final InstantSource CLOCK = InstantSource.system();

  private TestDatabase database;
  private Jobs jobs;
  private JobRunner runner;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    jobs = new Jobs(database.jdbi(), CLOCK, new Ids(CLOCK));
    runner = new JobRunner(database.jdbi(), jobs, CLOCK);
  }

  @AfterEach
  void close() {
    runner.close();
    database.close();
  }

  private UUID enqueue(String kind) {
    JsonObject payload = JsonObject.builder().put("n", 20).build();
    return database.jdbi().inTransaction(tx -> jobs.enqueue(tx, kind, payload, null));
  }

  private JobState state(UUID id) {
    return jobs.find(id).orElseThrow();
  }

  private void awaitState(UUID id, String expected) {
    await().atMost(Duration.ofSeconds(20)).until(() -> state(id).state().equals(expected));
  }

  @Test
  void aJobRunsAfterItsCommitAndTellsHowFarItIs() throws InterruptedException {
    CountDownLatch half = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    jobs.register(
        "double",
        run -> {
          run.progress("thinking", 50);
          half.countDown();
          assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
          long n = run.payload().integer("n").orElseThrow();
          return JsonObject.builder().put("result", 2 * n).build();
        });
    runner.start(database.database().dataSource(), "node", 2);
    UUID id = enqueue("double");
    assertThat(half.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(state(id))
        .extracting(JobState::state, JobState::stage, JobState::progress)
        .containsExactly("running", "thinking", 50);
    goOn.countDown();
    awaitState(id, "done");
    assertThat(state(id).result()).isEqualTo("{\"result\":40}");
    assertThat(state(id).progress()).isEqualTo(100);
  }

  @Test
  void aFailureThatIsFinalIsTold() {
    jobs.register(
        "refuse",
        _ -> {
          throw new JobFailure("ZIP_EMPTY", "there is nothing in it");
        });
    runner.start(database.database().dataSource(), "node", 2);
    UUID id = enqueue("refuse");
    awaitState(id, "failed");
    assertThat(state(id).error())
        .isEqualTo("{\"code\":\"ZIP_EMPTY\",\"message\":\"there is nothing in it\"}");
    assertThat(state(id).attempts()).isEqualTo(1);
  }

  @Test
  void somethingUnforeseenIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    jobs.register(
        "flaky",
        run -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("secret detail");
          }
          return JsonObject.builder().put("attempt", run.attempt()).build();
        });
    runner.start(database.database().dataSource(), "node", 2);
    UUID id = enqueue("flaky");
    awaitState(id, "done");
    assertThat(state(id).result()).isEqualTo("{\"attempt\":2}");
    assertThat(state(id).error()).isNull();
  }

  @Test
  void aJobOfAServerThatDiedIsPickedUpByTheNextOne() {
    // what kill -9 leaves behind: picked by a server that no longer exists
    AtomicInteger runs = new AtomicInteger();
    jobs.register(
        "work",
        _ -> {
          runs.incrementAndGet();
          return JsonObject.EMPTY;
        });
    UUID id = enqueue("work");
    database
        .jdbi()
        .useHandle(tx -> {
          tx.execute(
              "UPDATE scheduled_tasks SET picked = true, picked_by = 'node',"
                  + " last_heartbeat = now() WHERE task_instance = ?",
              id.toString());
          tx.execute("UPDATE job SET state = 'running', attempts = 1 WHERE id = ?", id);
        });
    runner.start(database.database().dataSource(), "node", 2);
    awaitState(id, "done");
    assertThat(runs).hasValue(1);
    assertThat(state(id).attempts()).isEqualTo(2);
  }

  @Test
  void aJobIsShownToItsOwnerOnly() {
    UUID owner = UUID.randomUUID();
    database
        .jdbi()
        .useHandle(tx ->
            tx.execute(
                "INSERT INTO app_user (id, email, username, role, status, created_at, updated_at)"
                    + " VALUES (?, 'a@example.org', 'abc', 'creator', 'active', now(), now())",
                owner));
    UUID id = database.jdbi().inTransaction(tx -> jobs.enqueue(tx, "any", JsonObject.EMPTY, owner));
    assertThat(jobs.find(id, owner)).isPresent();
    assertThat(jobs.find(id, UUID.randomUUID())).isEmpty();
  }

  @Test
  void choresRecur() {
    AtomicInteger runs = new AtomicInteger();
    runner.every(Duration.ofMillis(100), "chore", runs::incrementAndGet);
    runner.start(database.database().dataSource(), "node", 2);
    await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() >= 2);
  }

  @Test
  void aJobThatCannotBeginIsTriedAgainAndNoExceptionEscapes() {
    jobs.register("work", _ -> JsonObject.EMPTY);
    database
        .jdbi()
        .useHandle(tx -> {
          tx.execute(
              "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
                  + " AS 'BEGIN RAISE ''not now''; END'");
          tx.execute(
              "CREATE TRIGGER refuse BEFORE UPDATE ON scheduled_tasks"
                  + " FOR EACH ROW WHEN (NEW.picked) EXECUTE FUNCTION refuse()");
        });
    runner.start(database.database().dataSource(), "node", 2);
    UUID id = enqueue("work");
    // an exception that no thread catches ends the wait
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(() -> state(id).state().equals("queued"));
    database.jdbi().useHandle(tx -> tx.execute("DROP TRIGGER refuse ON scheduled_tasks"));
    awaitState(id, "done");
  }
}
