package dev.nanoctl.cli.serve;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.cli.command.WarmUpCommand;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.main.NanoServer;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.main.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server on an empty database that answers what servers are asked most, and is gone again. */
public final class Rehearsal implements WarmUpCommand.WarmUp {
  private static final List<String> QUESTIONS =
      List.of(
          "/",
          "/health",
          "/ready",
          "/metrics",
          "/api/v1/categories",
          "/api/v1/nanos?limit=20&sort=newest",
          "/api/v1/search?q=erste",
          "/api/v1/search/suggest?q=er",
          "/api/v1/nanos/nothing-of-that-name");
  private static final int ROUNDS = 5;
  private static final int BUG = 500;

  @Override
  public void run() {
    try (var postgres = ThrowawayPostgres.start()) {
      Path folder = Files.createTempDirectory("nanoctl-warm-up-");
      try (var server = NanoServer.start(config(folder, postgres.createDatabase()))) {
        ask(URI.create("http://127.0.0.1:" + server.port()));
      } finally {
        Trees.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ServerConfig config(Path folder, DatabaseAddress database) {
    return new ServerConfig(
        new ServerConfig.Listener(
            "127.0.0.1", 0, Optional.empty(), URI.create("http://127.0.0.1"), Set.of()),
        DatabaseConfig.of(database.jdbcUrl(), database.user(), database.password()),
        new ObjectsConfig.Directory(folder.resolve("objects")),
        folder.resolve("search"),
        ServerConfig.Limits.none());
  }

  private static void ask(URI server) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String question : QUESTIONS) {
          var request = HttpRequest.newBuilder(server.resolve(question)).build();
          int status = client.send(request, BodyHandlers.discarding()).statusCode();
          if (status >= BUG) {
            throw new IllegalStateException(question + " was answered with " + status);
          }
        }
      }
    }
  }
}
