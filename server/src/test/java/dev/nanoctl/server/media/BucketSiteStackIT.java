package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.media.store.S3ObjectStore;
import dev.nanoctl.server.media.store.S3Server;
import dev.nanoctl.server.media.store.S3Settings;
import dev.nanoctl.server.media.store.StoredObject;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/** A whole server whose packages are in a bucket of a real SeaweedFS. */
final class BucketSiteStackIT {
  @TempDir private Path folder;

  @Test
  void anUploadIsValidatedKeptInTheBucketAndServedInRanges() {
    try (GenericContainer<?> container = S3Server.SEAWEEDFS.start()) {
      S3Settings any = S3Server.SEAWEEDFS.settings(container, "none", folder.resolve("spool"));
      S3Settings settings =
          S3Server.SEAWEEDFS.settings(container, S3Server.newBucket(any), folder.resolve("spool"));
      var bucket = new ObjectsConfig.Bucket(settings, folder.resolve("unfinished"));
      try (TestServer server =
          TestServer.start(InstantSource.system(), config -> config.with(bucket))) {
        uploadAndDownload(server);
      }
      var kept = new ArrayList<StoredObject>();
      try (S3ObjectStore store = S3ObjectStore.open(settings)) {
        store.list("packages/", kept::add);
      }
      assertThat(kept).hasSize(1);
    }
  }

  private static void uploadAndDownload(TestServer server) {
    byte[] archive = MediaSite.pages(3_000_000, 7);
    TestClient ada = MediaSite.person(server, "ada", Role.CREATOR);
    UUID nano = MediaSite.draft(ada, "Knoten binden");
    JsonObject job = MediaSite.version(ada, nano, MediaSite.upload(ada, archive, 1 << 20), "1.0.0");
    assertThat(job.text("state")).as(job.toString()).hasValue("done");
    assertThat(job.object("result").orElseThrow().bool("ok")).hasValue(true);

    String path = "nanos/" + nano + "/versions/1.0.0/download";
    assertThat(ada.get(path).raw().body()).isEqualTo(archive);
    TestClient.Reply part = ada.with("Range", "bytes=2000000-2000999").get(path);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Range")).isEqualTo("bytes 2000000-2000999/" + archive.length);
    assertThat(part.raw().body()).isEqualTo(Arrays.copyOfRange(archive, 2_000_000, 2_001_000));
  }
}
