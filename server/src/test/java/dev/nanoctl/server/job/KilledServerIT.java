package dev.nanoctl.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.core.Ids;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.db.Database;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.testing.TestDatabase;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A real process is killed in the middle of a job. */
final class KilledServerIT {
  private static final InstantSource CLOCK = InstantSource.system();

  /** The process that is killed: runs jobs that never end. */
  static final class Victim {
    private Victim() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws InterruptedException {
      DatabaseConfig config =
          DatabaseConfig.of(args[0], args[1], new Secret(System.getenv("VICTIM_PASSWORD")));
      try (Database database = Database.connect(config)) {
        Jobs jobs = new Jobs(database.jdbi(), CLOCK, new Ids(CLOCK));
        jobs.register(
            "work",
            run -> {
              run.progress("half", 50);
              Thread.sleep(Duration.ofHours(1));
              return JsonObject.EMPTY;
            });
        try (JobRunner runner = new JobRunner(database.jdbi(), jobs, CLOCK)) {
          runner.start(database.dataSource(), "node", 1);
          Thread.sleep(Duration.ofHours(1));
        }
      }
    }
  }

  @Test
  void itsJobIsDoneByTheNextServer() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      Jobs jobs = new Jobs(database.jdbi(), CLOCK, new Ids(CLOCK));
      UUID id =
          database.jdbi().inTransaction(tx -> jobs.enqueue(tx, "work", JsonObject.EMPTY, null));
      Process victim = startVictim(database);
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> jobs.find(id).orElseThrow().progress() == 50);
      } finally {
        victim.destroyForcibly().waitFor();
      }
      assertThat(jobs.find(id).orElseThrow().state()).isEqualTo("running");

      jobs.register("work", run -> JsonObject.builder().put("attempt", run.attempt()).build());
      try (JobRunner runner = new JobRunner(database.jdbi(), jobs, CLOCK)) {
        runner.start(database.database().dataSource(), "node", 1);
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> jobs.find(id).orElseThrow().state().equals("done"));
      }
      assertThat(jobs.find(id).orElseThrow().result()).isEqualTo("{\"attempt\":2}");
    }
  }

  private static Process startVictim(TestDatabase database) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Victim.class.getName(),
            database.config().url(),
            database.config().user());
    builder.environment().put("VICTIM_PASSWORD", database.config().password().value());
    builder.redirectErrorStream(true).redirectOutput(new File("/dev/null"));
    return builder.start();
  }
}
