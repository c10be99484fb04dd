package dev.nanoctl.cli.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A real MinIO with one bucket, in a container. */
public final class MinioBucket implements AutoCloseable {
  private static final String IMAGE = "quay.io/minio/minio:RELEASE.2025-10-15T17-29-55Z";
  private static final String ACCESS = "nanoctl-test";
  private static final String SECRET = "a-secret-of-the-tests-alone";
  private static final int PORT = 9000;

  private final GenericContainer<?> container;
  private final Path folder;

  private MinioBucket(GenericContainer<?> container, Path folder) {
    this.container = container;
    this.folder = folder;
  }

  /**
   * Starts one; skips the test in one line, or fails it if the stack is required.
   *
   * @param folder for the files of its keys
   */
  public static MinioBucket start(Path folder) {
    try {
      DockerClientFactory.instance().client().inspectImageCmd(IMAGE).exec();
    } catch (NotFoundException e) {
      if (Boolean.getBoolean("stack.required")) {
        throw new AssertionError("the stack is required, but the image " + IMAGE + " is not here");
      }
      abort("skipped: the image " + IMAGE + " is not here");
    }
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withImagePullPolicy(_ -> false)
            .withLabel("dev.nanoctl.test", "backup-target")
            .withExposedPorts(PORT)
            .withEnv("MINIO_ROOT_USER", ACCESS)
            .withEnv("MINIO_ROOT_PASSWORD", SECRET)
            .withCreateContainerCmdModifier(how ->
                how.withEntrypoint("sh", "-c", "mkdir -p /data/copies && exec minio server /data"))
            .waitingFor(Wait.forHttp("/minio/health/ready").forPort(PORT));
    container.start();
    return new MinioBucket(container, folder);
  }

  /** What {@code backup target add} is told about it; the keys lie in files. */
  public List<String> options() throws IOException {
    Path access = Files.writeString(folder.resolve("access"), ACCESS);
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    return List.of(
        "s3://copies/site",
        "--endpoint",
        "http://%s:%d".formatted(container.getHost(), container.getMappedPort(PORT)),
        "--access-key-file",
        access.toString(),
        "--secret-key-file",
        secret.toString());
  }

  @Override
  public void close() {
    container.stop();
  }
}
