package dev.nanoctl.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.server.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
final class PostgresBroadcastIT extends BroadcastContract {
  private TestDatabase database;

  @BeforeAll
  void create() {
    database = TestDatabase.create();
  }

  @AfterAll
  void drop() {
    database.close();
  }

  @Override
  TestDatabase database() {
    return database;
  }

  @Override
  Broadcast server() {
    return new PostgresBroadcast(database.config());
  }

  @Override
  Broadcast tool() {
    return PostgresBroadcast.ofTool();
  }

  @Test
  void aLineThatBreaksIsSaidAndTakenUpAgain() throws Exception {
    Ear ear = new Ear();
    try (Broadcast one = listening(ear)) {
      database
          .jdbi()
          .useHandle(tx ->
              tx.execute(
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                      + " WHERE application_name = 'nanoctl news' AND datname = current_database()"));
      await().atMost(Duration.ofSeconds(5)).until(() -> ear.deaf.get() == 1);
      await().atMost(Duration.ofSeconds(5)).until(() -> ear.missed.get() == 2);
      assertThat(one.hears()).isTrue();
    }
  }
}
