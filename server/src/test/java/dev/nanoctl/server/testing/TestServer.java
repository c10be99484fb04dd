package dev.nanoctl.server.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.main.NanoServer;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.main.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A real server on a free port, on a database and folders of its own: in this process, or, under
 * {@code -Dnanoctl.binary=/path}, that binary in a process of its own.
 */
public final class TestServer implements AutoCloseable {
  private final TestDatabase database;
  private final Path folder;
  private final ServerConfig config;
  private final URI url;
  private final AutoCloseable server;

  private TestServer(
      TestDatabase database, Path folder, ServerConfig config, URI url, AutoCloseable server) {
    this.database = database;
    this.folder = folder;
    this.config = config;
    this.url = url;
    this.server = server;
  }

  /** A server that never says that there were too many requests. */
  public static TestServer start() {
    return BinaryServer.binary()
        .map(TestServer::start)
        .orElseGet(() -> inProcess(InstantSource.system(), config -> config));
  }

  /** A server by another clock. */
  public static TestServer start(InstantSource clock) {
    return start(clock, config -> config);
  }

  /** A server by another clock with another configuration. */
  public static TestServer start(InstantSource clock, UnaryOperator<ServerConfig> change) {
    assumeTrue(
        BinaryServer.binary().isEmpty(),
        "another clock or configuration is only to be had in this process");
    return inProcess(clock, change);
  }

  private static TestServer inProcess(InstantSource clock, UnaryOperator<ServerConfig> change) {
    return on(
        TestDatabase.create(),
        (folder, database) -> {
          ServerConfig config = change.apply(config(folder, database.config()));
          NanoServer server = NanoServer.start(config, clock);
          URI url = URI.create("http://127.0.0.1:" + server.port());
          return new TestServer(database, folder, config, url, server);
        });
  }

  private static TestServer start(Path binary) {
    return on(
        TestDatabase.ofInstance(),
        (folder, database) -> {
          Path site = folder.resolve("site");
          BinaryServer server = BinaryServer.start(binary, site, database.address());
          ServerConfig config =
              config(site.resolve("objects"), site.resolve("search"), database.config());
          return new TestServer(database, folder, config, server.url(), server);
        });
  }

  private interface Starter {
    TestServer start(Path folder, TestDatabase database);
  }

  private static TestServer on(TestDatabase database, Starter starter) {
    try {
      return starter.start(Files.createTempDirectory("nanoctl-server-test-"), database);
    } catch (IOException e) {
      database.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | AssertionError e) {
      database.close();
      throw e;
    }
  }

  /** The configuration tests start from. */
  public static ServerConfig config(Path folder, DatabaseConfig database) {
    return config(folder.resolve("objects"), folder.resolve("index"), database);
  }

  private static ServerConfig config(Path objects, Path index, DatabaseConfig database) {
    return new ServerConfig(
        new ServerConfig.Listener(
            "127.0.0.1", 0, Optional.empty(), URI.create("http://127.0.0.1"), Set.of()),
        database,
        new ObjectsConfig.Directory(objects),
        index,
        ServerConfig.Limits.none());
  }

  /** Where it answers. */
  public URI url() {
    return url;
  }

  /** A client that is not signed in. */
  public TestClient client() {
    return new TestClient(url);
  }

  /** Its database. */
  public TestDatabase database() {
    return database;
  }

  /** Its configuration. */
  public ServerConfig config() {
    return config;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not end", e);
    }
    database.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
