package dev.nanoctl.cli.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.tls.OwnCertificate;
import dev.nanoctl.appliance.tls.PairFiles;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A real ACME authority in a container, in the network of this machine: it asks localhost for its
 * challenges. It rejects some nonces that are good, as authorities may.
 */
public final class Pebble implements AutoCloseable {
  private static final String IMAGE = "ghcr.io/letsencrypt/pebble:2.6.0";

  private final GenericContainer<?> container;
  private final Path root;
  private final int port;

  private Pebble(GenericContainer<?> container, Path root, int port) {
    this.container = container;
    this.root = root;
    this.port = port;
  }

  /**
   * Starts one; skips the test in one line, or fails it if the stack is required.
   *
   * @param folder for its own certificate
   * @param asked the port it asks for challenges
   */
  public static Pebble start(Path folder, int asked) throws IOException {
    requireEngineAndImage();
    var layout = new Layout(new SiteFolder(folder));
    Files.createDirectories(layout.state());
    Files.createDirectories(layout.site().secrets());
    PairFiles pair = new OwnCertificate(layout, InstantSource.system()).ensure("localhost");
    int port = LaunchedNanoctl.freePort();
    String config =
        """
        {"pebble": {
          "listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
          "certificate": "/nanoctl/cert.pem", "privateKey": "/nanoctl/key.pem",
          "httpPort": %d, "tlsPort": 1, "ocspResponderURL": "",
          "retryAfter": {"authz": 1, "order": 1},
          "externalAccountBindingRequired": false}}
        """
            .formatted(port, LaunchedNanoctl.freePort(), asked);
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withImagePullPolicy(_ -> false)
            .withLabel("dev.nanoctl.test", "acme")
            .withNetworkMode("host")
            .withEnv("PEBBLE_VA_NOSLEEP", "1")
            .withEnv("PEBBLE_WFE_NONCEREJECT", "15")
            .withCopyToContainer(text(config), "/nanoctl/config.json")
            .withCopyToContainer(text(Files.readString(pair.certificates())), "/nanoctl/cert.pem")
            .withCopyToContainer(text(Files.readString(pair.key())), "/nanoctl/key.pem")
            .withCommand("-config", "/nanoctl/config.json")
            .waitingFor(
                Wait.forLogMessage("(?s).*ACME directory available.*", 1)
                    .withStartupTimeout(Duration.ofSeconds(30)));
    container.start();
    return new Pebble(container, layout.authority(), port);
  }

  private static Transferable text(String text) {
    return Transferable.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void requireEngineAndImage() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      skip("no Docker engine answers");
    }
    try {
      DockerClientFactory.instance().client().inspectImageCmd(IMAGE).exec();
    } catch (NotFoundException e) {
      skip("the image " + IMAGE + " is not here");
    }
  }

  private static void skip(String why) {
    if (Boolean.getBoolean("stack.required")) {
      throw new AssertionError("the stack is required, but " + why);
    }
    abort("skipped: " + why);
  }

  /** Where it lists its services. */
  public String directory() {
    return "https://localhost:" + port + "/dir";
  }

  /** What its own connections are trusted by. */
  public Path root() {
    return root;
  }

  /** How many accounts it was asked to make, as its log tells. */
  public long accounts() {
    return container
        .getLogs()
        .lines()
        .filter(line -> line.contains("There are now ") && line.contains("account"))
        .count();
  }

  @Override
  public void close() {
    container.stop();
  }
}
