package dev.nanoctl.backup.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.backup.repo.BucketProbe.Feature;
import dev.nanoctl.backup.repo.BucketProbe.State;
import dev.nanoctl.core.Secret;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.testcontainers.containers.GenericContainer;

/** The S3 adapter against real servers: all of the conformance suite, and what only S3 has. */
final class S3RepositoryStackIT {
  @Nested
  final class OnSeaweedFs extends OnServer {
    OnSeaweedFs() {
      super(S3TestServer.SEAWEEDFS);
    }
  }

  @Nested
  final class OnMinio extends OnServer {
    OnMinio() {
      super(S3TestServer.MINIO);
    }
  }

  @Nested
  final class OnCeph extends OnServer {
    OnCeph() {
      super(S3TestServer.CEPH);
    }
  }

  /** One server for all its tests. */
  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class OnServer extends RepositoryConformance {
    private final S3TestServer server;
    private GenericContainer<?> container;
    private S3Target target;
    private S3Repository repository;

    OnServer(S3TestServer server) {
      this.server = server;
    }

    @BeforeAll
    void start() throws MinioException, IOException {
      container = server.start();
      target = server.newBucket(container, false);
      repository = S3Repository.open(target, Bandwidth.UNLIMITED);
    }

    @AfterAll
    void stop() throws IOException {
      if (repository != null) {
        repository.close();
      }
      if (container != null) {
        container.stop();
      }
    }

    @Override
    Repository repository() {
      return repository;
    }

    @Test
    void itKeepsAKeyFromBeingReplacedByAnybody() {
      assertThat(repository.capabilities().conditionalPut()).isTrue();
      assertThat(repository.capabilities().versions()).isFalse();
      assertThat(repository.capabilities().objectLock()).isFalse();
    }

    @Test
    void deletingFromAVersionedBucketLeavesNoVersion() throws MinioException, IOException {
      S3Target versioned = server.newBucket(container, true);
      try (S3Repository versions = S3Repository.open(versioned, Bandwidth.UNLIMITED)) {
        assertThat(versions.capabilities().versions()).isTrue();
        versions.put("packs/a", ByteBuffer.wrap(bytes(100)));
        versions.delete("packs/a");
        assertThat(versions.get("packs/a", 100)).isEmpty();
        assertThat(versions.put("packs/a", ByteBuffer.wrap(bytes(50))))
            .isEqualTo(Repository.Stored.NEW);
        assertThat(new RepositoryProbe(versions).run().failures()).isEmpty();
      }
      try (BucketProbe probe = BucketProbe.of(versioned)) {
        assertThat(states(probe.run()))
            .containsEntry("versioning", State.YES)
            .containsEntry("delete of versions", State.YES);
      }
    }

    @Test
    void theProbeTellsWhatTheBucketCanDoAndLeavesNothing() throws IOException {
      try (BucketProbe probe = BucketProbe.of(target)) {
        assertThat(states(probe.run()))
            .containsEntry("write and read", State.YES)
            .containsEntry("ranged GET", State.YES)
            .containsEntry("listing at once", State.YES)
            .containsEntry("checksums", State.YES)
            .containsEntry("conditional PUT", State.YES)
            .containsEntry("delete", State.YES)
            .containsEntry("versioning", State.OFF)
            .containsEntry("delete of versions", State.OFF);
      }
      assertThat(repository.versions("probe")).isZero();
    }

    private static Map<String, State> states(List<Feature> features) {
      return features.stream().collect(Collectors.toMap(Feature::name, Feature::state));
    }

    @Test
    void anUploadKeepsToTheBandwidth() throws IOException {
      try (S3Repository slow = S3Repository.open(target, new Bandwidth(1_000_000))) {
        long start = System.nanoTime();
        slow.put(key("slow"), ByteBuffer.wrap(bytes(1_500_000)));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isGreaterThan(Duration.ofMillis(1100));
      }
    }

    @Test
    void aWrongSecretIsDenied() {
      fails(
          Kind.DENIED,
          () ->
              S3Repository.open(
                  new S3Target(
                      target.endpoint(),
                      target.region(),
                      target.bucket(),
                      true,
                      target.prefix(),
                      new S3Target.Account(
                          target.account().access(), new Secret("wrong-wrong-wrong-wrong"))),
                  Bandwidth.UNLIMITED));
    }

    @Test
    void aMissingBucketIsSaid() {
      fails(
          Kind.MISSING,
          () ->
              S3Repository.open(
                  new S3Target(
                      target.endpoint(),
                      target.region(),
                      "there-is-no-such-bucket",
                      true,
                      target.prefix(),
                      target.account()),
                  Bandwidth.UNLIMITED));
    }
  }
}
