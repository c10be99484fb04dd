package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.testing.TestClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A folder for packages that cannot be written, also not by root, until it is mended. */
final class ClosedStoreIT {
  @Test
  void uploadsArePutOffAndTheRestGoesOn() throws Exception {
    try (MediaSite site = new MediaSite()) {
      TestClient ada = site.person("ada", Role.CREATOR);
      byte[] archive = MediaSite.pages(1000, 3);
      UUID nano = site.published(ada, archive, "Knoten binden");
      UUID upload = MediaSite.announce(ada, 100);
      assertThat(metric(ada)).isEqualTo("1");

      Path drafts = ((ObjectsConfig.Directory) site.server().config().objects()).folder();
      Path writable = drafts.resolve("tmp");
      Path aside = drafts.resolve("aside");
      Files.move(writable, aside);
      Files.createFile(writable);
      TestClient.Reply refused = MediaSite.append(ada, upload, 0, new byte[100]);
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("DEPENDENCY_DOWN");
      assertThat(refused.header("Retry-After")).isEqualTo("30");
      assertThat(refused.text()).doesNotContain(drafts.toString());
      TestClient.Reply ready = ada.get("/ready");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.text()).contains("degraded", "\"uploads\":false", "\"objects\":true");
      assertThat(metric(ada)).isEqualTo("0");
      assertThat(ada.get("nanos/" + nano + "/versions/1.0.0/download").raw().body())
          .isEqualTo(archive);

      Files.delete(writable);
      Files.move(aside, writable);
      assertThat(MediaSite.append(ada, upload, 0, new byte[100]).status()).isEqualTo(204);
      assertThat(ada.get("/ready").text()).contains("\"ready\"");
      Path objects = drafts.resolve("objects");
      Files.move(objects, aside);
      assertThat(ada.get("/ready").status()).isEqualTo(503);
      Files.move(aside, objects);
      assertThat(ada.get("/ready").status()).isEqualTo(200);
    }
  }

  private static String metric(TestClient client) {
    return client
        .get("/metrics?name%5B%5D=objects_writable")
        .text()
        .lines()
        .filter(line -> line.startsWith("objects_writable "))
        .map(line -> line.substring(line.indexOf(' ') + 1).replace(".0", ""))
        .findFirst()
        .orElse("");
  }
}
