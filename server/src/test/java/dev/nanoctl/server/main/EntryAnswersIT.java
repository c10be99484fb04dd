package dev.nanoctl.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.broadcast.Changes;
import dev.nanoctl.server.broadcast.PostgresBroadcast;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server behind an entry that keeps answers. */
final class EntryAnswersIT {
  private static final String CATEGORY =
      "{\"slug\": \"neu\", \"name_de\": \"Neu\", \"name_en\": \"New\", \"parent\": null}";

  @TempDir private Path folder;

  @Test
  void aChangeOfThisServerOrOfAnotherMakesTheEntryForget() throws Exception {
    try (TestServer server =
        TestServer.start(
            InstantSource.system(), config -> config.with(config.listener().with(folder)))) {
      var fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
      TestClient admin = fixture.client(server, fixture.person(Role.ADMIN));
      server.client().get("categories");
      Path before = settled();

      assertThat(admin.post("admin/categories", CATEGORY).status()).isEqualTo(201);
      Path after = current();
      assertThat(after).as("before the writer has its answer").isNotEqualTo(before);

      server
          .database()
          .jdbi()
          .useTransaction(tx -> Changes.remote(PostgresBroadcast.ofTool()).touch(tx, "nanos"));
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !current().equals(after));
    }
  }

  /** What it is once the server has begun to hear of others. */
  private Path settled() throws Exception {
    Path last = current();
    Thread.sleep(1000);
    while (!current().equals(last)) {
      last = current();
      Thread.sleep(1000);
    }
    return last;
  }

  private Path current() throws Exception {
    return folder.resolve("current").toRealPath();
  }
}
