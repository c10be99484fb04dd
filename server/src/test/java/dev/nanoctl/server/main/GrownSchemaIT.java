package dev.nanoctl.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** During an upgrade a server of the release before serves on a schema that has grown under it. */
final class GrownSchemaIT {
  private static final String LATER =
      """
      INSERT INTO schema_history
      SELECT installed_rank + 1000, '999', 'later', type, 'V999__later.sql', 1, installed_by,
             installed_on, 1, true
        FROM schema_history
       WHERE version = '014';
      ALTER TABLE nano ADD COLUMN later text NOT NULL DEFAULT 'grown';
      ALTER TABLE app_user ADD COLUMN later_at timestamptz;
      CREATE TABLE later (id uuid PRIMARY KEY, nano_id uuid REFERENCES nano (id) ON DELETE CASCADE);
      CREATE INDEX later_nano_idx ON nano (later);
      """;

  @Test
  void itReadsWritesAndStartsAgainBesideTheNewOne(@TempDir Path folder) {
    try (TestServer server = TestServer.start(InstantSource.system())) {
      var fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
      TestClient creator = fixture.client(server, fixture.person(Role.CREATOR));
      String draft = Json.text(MarketFixture.form("Vorher"));
      assertThat(creator.post("nanos", draft).status()).isEqualTo(201);

      server.database().jdbi().useHandle(db -> db.createScript(LATER).execute());

      TestClient.Reply after = creator.post("nanos", draft);
      assertThat(after.status()).isEqualTo(201);
      String id = after.data().text("id").orElseThrow();
      assertThat(creator.patch("nanos/" + id, "{\"title\": \"Nachher\"}").status()).isEqualTo(200);
      assertThat(server.client().get("nanos").status()).isEqualTo(200);
      try (NanoServer again =
          NanoServer.start(TestServer.config(folder, server.database().config()))) {
        TestClient there = TestClient.of(URI.create("http://127.0.0.1:" + again.port()));
        assertThat(there.get("nanos").status()).isEqualTo(200);
        assertThat(there.get("categories").status()).isEqualTo(200);
      }
    }
  }
}
