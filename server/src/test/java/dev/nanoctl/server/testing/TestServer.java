package dev.nanoctl.server.testing;

import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.main.NanoServer;
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

/** A real server on a free port, on a database and folders of its own. */
public final class TestServer implements AutoCloseable {
  private final TestDatabase database;
  private final Path folder;
  private final ServerConfig config;
  private final NanoServer server;

  private TestServer(TestDatabase database, Path folder, ServerConfig config, InstantSource clock) {
    this.database = database;
    this.folder = folder;
    this.config = config;
    this.server = NanoServer.start(config, clock);
  }

  /** A server that never says that there were too many requests. */
  public static TestServer start() {
    return start(InstantSource.system(), config -> config);
  }

  /** A server by another clock. */
  public static TestServer start(InstantSource clock) {
    return start(clock, config -> config);
  }

  /** A server by another clock with another configuration. */
  public static TestServer start(InstantSource clock, UnaryOperator<ServerConfig> change) {
    TestDatabase database = TestDatabase.create();
    try {
      Path folder = Files.createTempDirectory("nanoctl-server-test-");
      ServerConfig config = change.apply(config(folder, database.config()));
      return new TestServer(database, folder, config, clock);
    } catch (IOException e) {
      database.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The configuration tests start from. */
  public static ServerConfig config(Path folder, DatabaseConfig database) {
    return new ServerConfig(
        new ServerConfig.Listener(
            "127.0.0.1", 0, Optional.empty(), URI.create("http://127.0.0.1"), Set.of()),
        database,
        folder.resolve("objects"),
        folder.resolve("index"),
        ServerConfig.Limits.none());
  }

  /** Where it answers. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** A client that is not signed in. */
  public TestClient client() {
    return new TestClient(url());
  }

  /** Its database. */
  public TestDatabase database() {
    return database;
  }

  /** The server itself. */
  public NanoServer server() {
    return server;
  }

  /** Its configuration. */
  public ServerConfig config() {
    return config;
  }

  @Override
  public void close() {
    server.close();
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
