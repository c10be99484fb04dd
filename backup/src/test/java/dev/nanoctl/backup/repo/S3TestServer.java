package dev.nanoctl.backup.repo;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.nanoctl.core.Secret;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.SetBucketVersioningArgs;
import io.minio.errors.MinioException;
import io.minio.messages.VersioningConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A real S3 server in a container. */
enum S3TestServer {
  SEAWEEDFS("chrislusf/seaweedfs:4.48", 8333, "/healthz"),
  MINIO("quay.io/minio/minio:RELEASE.2025-10-15T17-29-55Z", 9000, "/minio/health/ready"),
  CEPH("nanoctl/s3-rgw:18", 9000, "/");

  private static final String ACCESS = "nanoctl-test";
  private static final String SECRET = "a-secret-of-the-tests-alone";

  private final String image;
  private final int port;
  private final String health;

  S3TestServer(String image, int port, String health) {
    this.image = image;
    this.port = port;
    this.health = health;
  }

  private Map<String, String> environment() {
    return switch (this) {
      case SEAWEEDFS -> Map.of("AWS_ACCESS_KEY_ID", ACCESS, "AWS_SECRET_ACCESS_KEY", SECRET);
      case MINIO, CEPH -> Map.of("MINIO_ROOT_USER", ACCESS, "MINIO_ROOT_PASSWORD", SECRET);
    };
  }

  private List<String> command() {
    return switch (this) {
      case SEAWEEDFS ->
          List.of("server", "-dir=/data", "-s3", "-s3.port.iceberg=0", "-s3.port.lance=0");
      case MINIO -> List.of("server", "/data");
      case CEPH -> List.of();
    };
  }

  /** Starts the server; skips the test in one line, or fails it if the stack is required. */
  GenericContainer<?> start() {
    requireEngineAndImage();
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withImagePullPolicy(_ -> false)
            .withLabel("dev.nanoctl.test", "backup-repository")
            .withExposedPorts(port)
            .withEnv(environment())
            .waitingFor(
                Wait.forHttp(health)
                    .forPort(port)
                    .forStatusCodeMatching(status -> status < 500)
                    .withStartupTimeout(Duration.ofMinutes(2)));
    if (!command().isEmpty()) {
      container.withCommand(command().toArray(String[]::new));
    }
    container.start();
    return container;
  }

  private void requireEngineAndImage() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      skip("no Docker engine answers");
    }
    try {
      DockerClientFactory.instance().client().inspectImageCmd(image).exec();
    } catch (NotFoundException e) {
      skip("the image " + image + " is not here");
    }
  }

  private static void skip(String why) {
    if (Boolean.getBoolean("stack.required")) {
      throw new AssertionError("the stack is required, but " + why);
    }
    abort("skipped: " + why);
  }

  /** A new bucket of the running server. */
  S3Target newBucket(GenericContainer<?> container, boolean versions) throws MinioException {
    URI endpoint =
        URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port));
    // Ceph makes buckets in a zone group of its own name only
    String region = this == CEPH ? "default" : "us-east-1";
    String bucket = "test-" + UUID.randomUUID();
    MinioClient client =
        MinioClient.builder()
            .endpoint(endpoint.toString())
            .region(region)
            .credentials(ACCESS, SECRET)
            .build();
    client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    if (versions) {
      client.setBucketVersioning(
          SetBucketVersioningArgs.builder()
              .bucket(bucket)
              .config(
                  new VersioningConfiguration(
                      VersioningConfiguration.Status.ENABLED, null, null, null))
              .build());
    }
    return new S3Target(
        endpoint,
        region,
        bucket,
        true,
        "site-1/backup",
        new S3Target.Account(ACCESS, new Secret(SECRET)));
  }
}
