package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.cli.drill.DrillReport.Check;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.main.NanoServer;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.main.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Starts the server on a restored database, on this machine only, and asks it. */
final class ServerCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Path folder;
  private final DatabaseAddress database;
  private final DatabaseLogin login;

  /**
   * On that database.
   *
   * @param folder for its index, and for a store without objects
   * @param login as whom the application comes
   */
  ServerCheck(Path folder, DatabaseAddress database, DatabaseLogin login) {
    this.folder = folder;
    this.database = database;
    this.login = login;
  }

  /** Asks for the list of nanos, which has to be as long as the database says. */
  Check ask(long listed) throws IOException, InterruptedException {
    try (var server = NanoServer.start(config());
        var client = HttpClient.newHttpClient()) {
      URI root = URI.create("http://127.0.0.1:" + server.port());
      HttpResponse<String> answer = get(client, root.resolve("/api/v1/nanos?limit=1"));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      int ready = get(client, root.resolve("/ready")).statusCode();
      while (ready != 200 && System.nanoTime() < deadline) {
        Thread.sleep(PAUSE);
        ready = get(client, root.resolve("/ready")).statusCode();
      }
      OptionalLong total = total(answer);
      boolean same = total.isPresent() && total.getAsLong() == listed;
      return new Check(
          "server",
          same && ready == 200,
          "the server lists %s nanos, the database holds %d; it is %s"
              .formatted(
                  total.isPresent() ? Long.toString(total.getAsLong()) : "no",
                  listed,
                  ready == 200 ? "ready" : "not ready"));
    } catch (RuntimeException e) {
      return new Check("server", false, "the server does not start: " + e.getMessage());
    }
  }

  private static HttpResponse<String> get(HttpClient client, URI uri)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static OptionalLong total(HttpResponse<String> answer) {
    try {
      return answer.statusCode() == 200
          ? Json.parseObject(answer.body()).object("meta").orElseThrow().integer("total")
          : OptionalLong.empty();
    } catch (JsonSyntaxException e) {
      return OptionalLong.empty();
    }
  }

  private ServerConfig config() {
    return new ServerConfig(
        new ServerConfig.Listener(
            "127.0.0.1", 0, Optional.empty(), URI.create("http://127.0.0.1"), Set.of()),
        DatabaseConfig.of(database.jdbcUrl(), login.role(), login.password()),
        new ObjectsConfig.Directory(folder.resolve("objects")),
        folder.resolve("search"),
        ServerConfig.Limits.none());
  }
}
