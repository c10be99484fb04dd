package dev.nanoctl.server.testing;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.NewSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The file that {@code -Dnanoctl.binary=/path} names, serving a site made for it: what a native
 * image answers is asked of the image itself.
 */
final class BinaryServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OWNER = "nano";
  private static final Secret PASSWORD = new Secret("of-a-test");

  private final Process process;
  private final int port;

  private BinaryServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The binary that tests are to run against. */
  static Optional<Path> binary() {
    return Optional.ofNullable(System.getProperty("nanoctl.binary"))
        .map(file -> Path.of(file).toAbsolutePath());
  }

  /** Makes the database that an instance has, and answers where it is. */
  static DatabaseAddress database(ThrowawayPostgres postgres) {
    try {
      postgres
          .address()
          .execute(
              "CREATE ROLE %s SUPERUSER LOGIN PASSWORD '%s'".formatted(OWNER, PASSWORD.value()));
      postgres.address().execute("CREATE DATABASE %1$s OWNER %1$s".formatted(OWNER));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the database", e);
    }
    return new DatabaseAddress(postgres.address().port(), OWNER, OWNER, PASSWORD);
  }

  /** Starts the binary on a site in that folder, and waits until it is ready. */
  static BinaryServer start(Path binary, Path site, DatabaseAddress database) {
    try {
      int port = freePort();
      write(site, port, database);
      Path log = site.resolve("server.log");
      Process process =
          new ProcessBuilder(binary.toString(), "--site", site.toString(), "serve")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      var server = new BinaryServer(process, port);
      server.awaitReady(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path site, int port, DatabaseAddress database) throws IOException {
    Files.createDirectories(site.resolve("state"));
    Files.createDirectories(
        site.resolve("secrets"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(site.resolve("secrets/database-password"), database.password().value());
    Map<String, String> chosen =
        Map.of(
            "server.port", Integer.toString(port),
            "limits.reads_per_minute", "1000000",
            "limits.writes_per_minute", "1000000",
            "limits.factor", "1000");
    Files.writeString(site.resolve("nanoctl.yml"), NewSite.text(chosen).yaml());
    Files.writeString(
        site.resolve("state/instance.json"),
        Json.text(
            JsonObject.builder()
                .put("id", "01990000-0000-7000-8000-000000000001")
                .put("installed", true)
                .put("account", System.getProperty("user.name"))
                .put("postgres_port", database.port())
                .put("supervision", "daemon")
                .build()));
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!ready()) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        process.destroyForcibly();
        throw new AssertionError("the binary does not serve:\n" + Files.readString(log));
      }
      Thread.sleep(20);
    }
  }

  private boolean ready() throws InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(url().resolve("/ready")).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
