package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.ApiDescription.Operation;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestClient.Reply;
import dev.nanoctl.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/**
 * A server, people of every role, and how a wrong request is sent and its answer looked at. The
 * rows of the tests come from the endpoints' own descriptions, so that a new endpoint has its rows
 * from the day it is there; a shape for which no rows are known fails the test.
 */
final class ApiRows implements AutoCloseable {
  static final String NOWHERE = "019a0000-0000-7000-8000-00000000dead";
  static final String JSON = "application/json";

  /** Placeholders that are no UUIDs, with a value that fits; for others NOWHERE is taken. */
  static final Map<String, String> PATHS = Map.of("version", "1.0.0");

  private final TestServer server = TestServer.start();
  private final List<Operation> operations;
  private final Map<String, TestClient> clients = new HashMap<>();
  private final String draft;

  ApiRows() {
    var fixture = new MarketFixture(server.database().jdbi(), InstantSource.system());
    clients.put("guest", server.client());
    for (Role role : Role.values()) {
      clients.put(role.tag(), fixture.client(server, fixture.person(role)));
    }
    Principal creator = fixture.person(Role.CREATOR);
    draft = fixture.draft(creator, "Serienbriefe schreiben").toString();
    clients.put("owner", fixture.client(server, creator));
    operations = ApiDescription.read(server.client());
    assertThat(operations).hasSizeGreaterThan(40);
  }

  List<Operation> operations() {
    return operations;
  }

  /** A nano that "owner" may change. */
  String draft() {
    return draft;
  }

  /** What a wrong request is answered with; no field means that none is named. */
  record Expected(int status, String code, @Nullable String field, @Nullable String why) {
    static Expected of(ApiError error) {
      return new Expected(error.status(), error.name(), null, null);
    }

    static Expected of(ApiError error, String field, String why) {
      return new Expected(error.status(), error.name(), field, why);
    }
  }

  /** A request, to be sent by this client. */
  interface Wrong {
    Reply send(TestClient client);
  }

  /** Sends the request in both languages and looks at the answers. */
  void row(
      SoftAssertions softly,
      Operation operation,
      String what,
      String as,
      Wrong wrong,
      Expected expected) {
    String name = operation + ": " + what;
    TestClient client = Objects.requireNonNull(clients.get(as), as);
    Reply german = wrong.send(client.with("Accept-Language", "de"));
    Reply english = wrong.send(client.with("Accept-Language", "en"));
    client.with("Accept-Language", "");
    softly.assertThat(german.status()).as("%s: %s", name, german.text()).isEqualTo(expected.status);
    if (operation.method().equals("HEAD") || german.status() != expected.status) {
      return;
    }
    softly.assertThat(german.code()).as(name).isEqualTo(expected.code);
    softly.assertThat(english.code()).as(name).isEqualTo(expected.code);
    softly.assertThat(german.json().bool("success")).as(name).hasValue(false);
    softly.assertThat(german.header("X-Request-Id")).as(name).isNotBlank();
    softly.assertThat(german.message()).as(name).isNotBlank().isNotEqualTo(english.message());
    if (expected.field != null) {
      softly.assertThat(german.fields()).as(name).containsEntry(expected.field, expected.why);
      softly.assertThat(german.text()).as("%s speaks German", name).isNotEqualTo(english.text());
    }
  }

  static String path(Operation operation) {
    String path = operation.path();
    for (JsonObject parameter : operation.parameters("path")) {
      String name = parameter.text("name").orElseThrow();
      path = path.replace("{" + name + "}", PATHS.getOrDefault(name, NOWHERE));
    }
    return path;
  }

  /** A request that nothing is wrong with but what stands in the path. */
  static Reply good(TestClient client, Operation operation, String path, Map<String, String> more) {
    if (operation.body().isPresent()) {
      byte[] body = bytes(BadBodies.good(operation.body().get()));
      Map<String, String> headers = new HashMap<>(more);
      headers.put("Content-Type", JSON);
      return client.bytes(operation.method(), path, body, headers);
    }
    if (!operation.takes().isEmpty()) {
      Map<String, String> headers = new HashMap<>(more);
      headers.put("Content-Type", operation.takes().iterator().next());
      headers.put("Upload-Offset", "0");
      return client.bytes(operation.method(), path, new byte[] {1}, headers);
    }
    return client.bytes(operation.method(), path, new byte[0], more);
  }

  static byte[] bytes(JsonObject body) {
    return Json.text(body).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
