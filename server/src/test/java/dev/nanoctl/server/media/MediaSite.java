package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.OffsetClock;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A server with people who upload and download. */
final class MediaSite implements AutoCloseable {
  static final String CHUNK = "application/offset+octet-stream";
  private static final String PASSWORD = "kranich lampe ufer neun";

  private final OffsetClock clock = new OffsetClock();
  private final TestServer server = TestServer.start(clock);

  TestServer server() {
    return server;
  }

  OffsetClock clock() {
    return clock;
  }

  MarketFixture market() {
    return new MarketFixture(server.database().jdbi(), clock);
  }

  /** Someone signed in as a program would be. */
  TestClient person(String name, Role role) {
    return person(server, name, role);
  }

  static TestClient person(TestServer server, String name, Role role) {
    TestClient client = server.client();
    TestClient.Reply registered =
        client.post(
            "auth/register",
            """
            {"email": "%s@example.org", "username": "%s", "password": "%s"}
            """
                .formatted(name, name, PASSWORD));
    assertThat(registered.status()).as(registered.text()).isEqualTo(201);
    server
        .database()
        .jdbi()
        .useHandle(tx ->
            tx.execute(
                "UPDATE app_user SET role = ?, status = 'active' WHERE username = ?",
                role.tag(),
                name));
    return signIn(client, name);
  }

  static TestClient signIn(TestClient client, String name) {
    return client.with("Authorization", "").with("Authorization", token(client, name));
  }

  /** The header's value that proves who someone is. */
  static String token(TestClient client, String name) {
    TestClient.Reply login =
        client
            .with("X-Auth-Mode", "bearer")
            .post(
                "auth/login",
                """
                {"email": "%s@example.org", "password": "%s"}
                """
                    .formatted(name, PASSWORD));
    assertThat(login.status()).as(login.text()).isEqualTo(200);
    return "Bearer " + login.data().text("access_token").orElseThrow();
  }

  /** A package of web pages with so many bytes of noise in it. */
  static byte[] pages(int noise, long seed) {
    byte[] picture = new byte[noise];
    new Random(seed).nextBytes(picture);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("index.html"));
      zip.write(
          "<!doctype html><html lang='de'><title>Knoten</title><p>Knoten binden</p>"
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("bilder/ä b.png"));
      zip.write(picture);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static UUID announce(TestClient who, long length) {
    TestClient.Reply reply =
        who.post("uploads", "{\"length\": %d, \"filename\": \"knoten.zip\"}".formatted(length));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.data().integer("offset")).hasValue(0);
    return UUID.fromString(reply.data().text("id").orElseThrow());
  }

  static TestClient.Reply append(TestClient who, UUID upload, long offset, byte[] bytes) {
    return who.bytes(
        "PATCH",
        "uploads/" + upload,
        bytes,
        Map.of("Upload-Offset", Long.toString(offset), "Content-Type", CHUNK));
  }

  /** Uploads all bytes in pieces. */
  static UUID upload(TestClient who, byte[] bytes, int piece) {
    UUID id = announce(who, bytes.length);
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] some = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      TestClient.Reply reply = append(who, id, at, some);
      assertThat(reply.status()).as(reply.text()).isEqualTo(204);
      assertThat(reply.header("Upload-Offset")).isEqualTo(Integer.toString(at + some.length));
    }
    return id;
  }

  /** The job that a 202 named, once it has ended. */
  static JsonObject ended(TestClient who, TestClient.Reply accepted) {
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    String job = accepted.data().text("job_id").orElseThrow();
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (Instant.now().isBefore(end)) {
      JsonObject state = who.get("jobs/" + job).data();
      String now = state.text("state").orElseThrow();
      if (now.equals("done") || now.equals("failed")) {
        return state;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    throw new AssertionError("the job did not end");
  }

  /** A new draft without versions. */
  static UUID draft(TestClient creator, String title) {
    TestClient.Reply reply =
        creator.post("nanos", dev.nanoctl.core.json.Json.text(MarketFixture.form(title)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return UUID.fromString(reply.data().text("id").orElseThrow());
  }

  /** Makes an upload a version; answers the job that did it. */
  static JsonObject version(TestClient creator, UUID nano, UUID upload, String semver) {
    return ended(
        creator,
        creator.post(
            "nanos/" + nano + "/versions",
            "{\"upload_id\": \"%s\", \"semver\": \"%s\"}".formatted(upload, semver)));
  }

  /** A published nano with this package. */
  UUID published(TestClient creator, byte[] archive, String title) {
    UUID nano = draft(creator, title);
    JsonObject job = version(creator, nano, upload(creator, archive, 1 << 20), "1.0.0");
    assertThat(job.text("state")).as(job.toString()).hasValue("done");
    TestClient.Reply submitted = creator.call("POST", "nanos/" + nano + "/submit");
    assertThat(submitted.status()).as(submitted.text()).isBetween(200, 204);
    market().approve(nano);
    return nano;
  }

  @Override
  public void close() {
    server.close();
  }
}
