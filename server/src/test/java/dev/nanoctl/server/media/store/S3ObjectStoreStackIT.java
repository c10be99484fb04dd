package dev.nanoctl.server.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/** The S3 adapter against real servers: all of the conformance suite, and what only S3 has. */
final class S3ObjectStoreStackIT {
  @Nested
  final class OnSeaweedFs extends OnServer {
    OnSeaweedFs() {
      super(S3Server.SEAWEEDFS);
    }
  }

  @Nested
  final class OnMinio extends OnServer {
    OnMinio() {
      super(S3Server.MINIO);
    }
  }

  @Nested
  final class OnCeph extends OnServer {
    OnCeph() {
      super(S3Server.CEPH);
    }
  }

  /** One server for all its tests. */
  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class OnServer extends ObjectStoreConformance {
    private final S3Server server;
    @TempDir private static Path spool;
    private GenericContainer<?> container;
    private S3Settings settings;
    private S3ObjectStore store;

    OnServer(S3Server server) {
      this.server = server;
    }

    @BeforeAll
    void start() {
      container = server.start();
      S3Settings any = server.settings(container, "none", spool);
      settings = server.settings(container, S3Server.newBucket(any), spool);
      store = S3ObjectStore.open(settings);
    }

    @AfterAll
    void stop() {
      if (store != null) {
        store.close();
      }
      if (container != null) {
        container.stop();
      }
    }

    @Override
    ObjectStore store() {
      return store;
    }

    @Test
    void itKeepsAnObjectFromBeingReplacedByAnybody() {
      assertThat(store.capabilities().exclusivePut()).isTrue();
    }

    @Test
    void nothingIsLeftInTheSpool() throws IOException {
      store.put(new ObjectKey("spooled"), ObjectBody.of(random(3 << 20, 1)));
      try (Stream<Path> files = Files.list(spool)) {
        assertThat(files).isEmpty();
      }
    }

    @Test
    void aWrongSecretIsDenied() {
      S3Settings wrong =
          new S3Settings(
              settings.place(),
              new S3Settings.Keys(settings.keys().access(), new Secret("wrong-wrong-wrong-wrong")),
              spool);
      assertThat(problemOf(() -> S3ObjectStore.open(wrong)))
          .isEqualTo(ObjectStoreProblem.Denied.class);
    }

    @Test
    void aLookSaysHowFarItCame() {
      S3Settings wrong =
          new S3Settings(
              settings.place(),
              new S3Settings.Keys(settings.keys().access(), new Secret("wrong-wrong-wrong-wrong")),
              spool);
      S3Settings missing = server.settings(container, "there-is-no-such-bucket", spool);
      assertThat(look(settings).reach()).isEqualTo(S3Probe.Reach.WRITABLE);
      assertThat(look(settings).skew().orElseThrow().abs()).isLessThan(Duration.ofSeconds(30));
      assertThat(look(wrong).reach()).isEqualTo(S3Probe.Reach.DENIED);
      assertThat(look(missing).reach()).isEqualTo(S3Probe.Reach.NO_BUCKET);
    }

    private static S3Probe.Found look(S3Settings at) {
      return new S3Probe(at, InstantSource.system()).look();
    }

    @Test
    void aMissingBucketIsSaid() {
      S3Settings missing = server.settings(container, "there-is-no-such-bucket", spool);
      assertThat(problemOf(() -> S3ObjectStore.open(missing)))
          .isEqualTo(ObjectStoreProblem.Unavailable.class);
    }
  }
}
