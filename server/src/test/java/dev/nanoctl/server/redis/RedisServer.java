package dev.nanoctl.server.redis;

import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.nanoctl.core.Secret;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Redis in a container, whose process can be killed: it comes back in the same place, with
 * what it had written down.
 */
public final class RedisServer implements AutoCloseable {
  private static final String IMAGE = "redis:8";
  private static final int PORT = 6379;
  private static final String PASSWORD = "a-secret-of-the-tests-alone";

  /** What keeps Redis up: it is begun anew when it dies, unless somebody put a mark there. */
  @SuppressWarnings("InlineFormatString") // a program of its own, to be read as one
  private static final String SUPERVISOR =
      "while :; do [ -e /tmp/down ] || redis-server --port 6379 --requirepass %s --dir /data"
          + " --pidfile /tmp/redis.pid --save '' --appendonly %s --appendfsync everysec"
          + " --maxmemory-policy noeviction --protected-mode no --daemonize no; sleep 0.1; done";

  private final GenericContainer<?> container;

  private RedisServer(GenericContainer<?> container) {
    this.container = container;
  }

  /** One that writes down what it is told. */
  public static RedisServer durable() {
    return start("yes");
  }

  /** One that forgets everything when it dies. */
  public static RedisServer forgetful() {
    return start("no");
  }

  private static RedisServer start(String appendOnly) {
    requireEngineAndImage();
    String script = SUPERVISOR.formatted(PASSWORD, appendOnly);
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withImagePullPolicy(_ -> false)
            .withLabel("dev.nanoctl.test", "redis")
            .withExposedPorts(PORT)
            .withCreateContainerCmdModifier(
                create -> create.withEntrypoint("sh", "-c").withCmd(script))
            .waitingFor(
                Wait.forLogMessage(".*Ready to accept connections.*", 1)
                    .withStartupTimeout(Duration.ofSeconds(30)));
    container.start();
    return new RedisServer(container);
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

  /** How to reach it, with more patience than a site has: the machine may be busy. */
  public RedisAddress address() {
    return address(Duration.ofSeconds(2));
  }

  /** How to reach it with that much patience. */
  public RedisAddress address(Duration patience) {
    return new RedisAddress(
        container.getHost(), container.getMappedPort(PORT), () -> new Secret(PASSWORD), patience);
  }

  /** A line to it that answers. */
  public RedisLink link(RedisLines lines) {
    return link(lines, Duration.ofSeconds(2));
  }

  /** A line to it that answers, with that much patience. */
  public RedisLink link(RedisLines lines, Duration patience) {
    var link =
        new RedisLink("test", lines, address(patience), new RedisMetrics(new PrometheusRegistry()));
    try {
      if (!link.await(Duration.ofSeconds(10))) {
        throw new AssertionError("redis does not answer");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return link;
  }

  /** A beginning of keys that no other test uses. */
  public static String prefix() {
    return "nanoctl:" + UUID.randomUUID() + ":";
  }

  /** Kills the process; it is back after a moment. */
  public void kill() {
    run("kill -9 $(cat /tmp/redis.pid)");
  }

  /** Kills the process; it stays away until {@link #comeBack}. */
  public void killAndStayAway() {
    run("touch /tmp/down; kill -9 $(cat /tmp/redis.pid)");
  }

  /** Ends {@link #killAndStayAway} or {@link #hang}. */
  public void comeBack() {
    run("rm -f /tmp/down; kill -CONT $(cat /tmp/redis.pid) 2>/dev/null || true");
  }

  /** The process takes connections and commands, and answers nothing. */
  public void hang() {
    run("kill -STOP $(cat /tmp/redis.pid)");
  }

  /** What {@code redis-cli} answers. */
  public String cli(String command) {
    return run("REDISCLI_AUTH=" + PASSWORD + " redis-cli " + command);
  }

  /** What {@code redis-cli} answers to several commands on one connection. */
  public String commands(String... commands) {
    return run(
        "printf '%s\\n' '"
            + String.join("' '", commands)
            + "' | REDISCLI_AUTH="
            + PASSWORD
            + " redis-cli");
  }

  private String run(String command) {
    try {
      var result = container.execInContainer("sh", "-c", command);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(command + ": " + result.getStderr());
      }
      return result.getStdout();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
