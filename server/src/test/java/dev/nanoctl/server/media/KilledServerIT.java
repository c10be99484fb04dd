package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.media.store.DirectoryObjectStore;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server is killed with SIGKILL in the middle of an upload: no acknowledged byte is lost. */
final class KilledServerIT {
  private static final int PIECE = 50_000;
  private static final String PASSWORD = "kranich lampe ufer neun";

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final byte[] archive = MediaSite.pages(4_000_000, 11);
  private Optional<Process> server = Optional.empty();
  private URI url = URI.create("http://127.0.0.1");
  private String token = "";

  @Test
  void noAcknowledgedByteIsLostWhenTheServerIsKilled() throws Exception {
    Random random = new Random(7);
    try (TestDatabase database = TestDatabase.create()) {
      start(database.config());
      assertThat(
              send(
                      "POST",
                      "auth/register",
                      """
                      {"email": "ada@example.org", "username": "ada", "password": "%s"}
                      """
                          .formatted(PASSWORD))
                  .statusCode())
          .isEqualTo(201);
      database
          .jdbi()
          .useHandle(tx -> tx.execute("UPDATE app_user SET role = 'creator', status = 'active'"));
      signIn();
      JsonObject upload =
          data(
              send(
                  "POST",
                  "uploads",
                  "{\"length\": %d, \"filename\": \"x.zip\"}".formatted(archive.length)));
      String path = "uploads/" + upload.text("id").orElseThrow();
      long acknowledged = 0;
      for (int round = 0; round < 3; round++) {
        acknowledged =
            uploadUntilKilled(path, acknowledged, 4 + random.nextInt(12), random.nextInt(30));
        start(database.config());
        signIn();
        long kept = offset(path);
        assertThat(kept).as("round %d", round).isGreaterThanOrEqualTo(acknowledged);
        acknowledged = kept;
      }
      while (acknowledged < archive.length) {
        acknowledged =
            Long.parseLong(
                append(path, acknowledged).headers().firstValue("Upload-Offset").orElseThrow());
      }
      requireSame(database, UUID.fromString(upload.text("id").orElseThrow()));
    } finally {
      stop();
    }
  }

  /** Sends pieces, and has the server killed while one more is on its way. */
  private long uploadUntilKilled(String path, long from, int pieces, int millis) throws Exception {
    long acknowledged = from;
    for (int i = 0; i < pieces; i++) {
      HttpResponse<byte[]> reply = append(path, acknowledged);
      assertThat(reply.statusCode()).isEqualTo(204);
      acknowledged += PIECE;
      assertThat(reply.headers().firstValue("Upload-Offset")).hasValue(Long.toString(acknowledged));
    }
    Thread killer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(millis);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              server.orElseThrow().destroyForcibly();
            });
    try {
      while (server.orElseThrow().isAlive()) {
        if (append(path, acknowledged).statusCode() == 204) {
          acknowledged += PIECE;
        }
      }
    } catch (IOException dead) {
      // as it should be
    }
    killer.join();
    server.orElseThrow().waitFor();
    return acknowledged;
  }

  private void requireSame(TestDatabase database, UUID id) throws IOException {
    try (DirectoryObjectStore objects = DirectoryObjectStore.open(folder.resolve("objects"))) {
      Uploads uploads =
          new Uploads(database.jdbi(), objects, InstantSource.system(), UUID::randomUUID);
      UUID owner =
          database
              .jdbi()
              .withHandle(tx -> tx.createQuery("SELECT id FROM app_user").mapTo(UUID.class).one());
      Path whole = folder.resolve("whole.zip");
      uploads.assemble(uploads.complete(owner, id), whole);
      assertThat(Sha256.of(Files.readAllBytes(whole))).isEqualTo(Sha256.of(archive));
    }
  }

  private HttpResponse<byte[]> append(String path, long offset)
      throws IOException, InterruptedException {
    byte[] some =
        Arrays.copyOfRange(archive, (int) offset, (int) Math.min(archive.length, offset + PIECE));
    HttpRequest request =
        request(path)
            .header("Upload-Offset", Long.toString(offset))
            .header("Content-Type", MediaSite.CHUNK)
            .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(some))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private long offset(String path) throws IOException, InterruptedException {
    HttpRequest head = request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<Void> reply = http.send(head, HttpResponse.BodyHandlers.discarding());
    return Long.parseLong(reply.headers().firstValue("Upload-Offset").orElseThrow());
  }

  private HttpResponse<byte[]> send(String method, String path, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .header("X-Auth-Mode", "bearer")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve("/api/v1/" + path)).timeout(Duration.ofSeconds(20));
    return token.isEmpty() ? request : request.header("Authorization", token);
  }

  private void signIn() throws IOException, InterruptedException {
    token = "";
    JsonObject data =
        data(
            send(
                "POST",
                "auth/login",
                "{\"email\": \"ada@example.org\", \"password\": \"%s\"}".formatted(PASSWORD)));
    token = "Bearer " + data.text("access_token").orElseThrow();
  }

  private static JsonObject data(HttpResponse<byte[]> reply) {
    return Json.parseObject(reply.body()).object("data").orElseThrow();
  }

  private void start(DatabaseConfig database) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ServeChild.class.getName(),
            database.url(),
            database.user(),
            folder.toString());
    builder.environment().put("CHILD_DATABASE", database.password().value());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process started = builder.start();
    server = Optional.of(started);
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(started.getInputStream(), StandardCharsets.US_ASCII));
    String port = lines.readLine();
    assertThat(port).as("the server tells its port").isNotNull();
    url = URI.create("http://127.0.0.1:" + port);
  }

  private void stop() throws InterruptedException {
    if (server.isPresent()) {
      server.get().destroyForcibly();
      server.get().waitFor();
    }
  }
}
