package dev.nanoctl.server.testing;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls the API as a browser or a program would, and understands the envelope. */
public final class TestClient {
  /** What came back. */
  public record Reply(HttpResponse<byte[]> raw) {
    /** The status. */
    public int status() {
      return raw.statusCode();
    }

    /** A header; empty text when it is missing. */
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    /** The content as text. */
    public String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }

    /** The whole envelope. */
    public JsonObject json() {
      return Json.parseObject(raw.body());
    }

    /** {@code data} as an object. */
    public JsonObject data() {
      return json().object("data").orElseThrow(() -> new AssertionError("no data: " + text()));
    }

    /** {@code data} as a list. */
    public JsonArray list() {
      return json().array("data").orElseThrow(() -> new AssertionError("no list: " + text()));
    }

    /** {@code meta}. */
    public JsonObject meta() {
      return json().object("meta").orElseThrow(() -> new AssertionError("no meta: " + text()));
    }

    /** The code of the error; empty text when it is none. */
    public String code() {
      return json().object("error").flatMap(error -> error.text("code")).orElse("");
    }

    /** The message of the error. */
    public String message() {
      return json().object("error").flatMap(error -> error.text("message")).orElse("");
    }

    /** The wrong fields and their codes, in order. */
    public Map<String, String> fields() {
      Map<String, String> fields = new LinkedHashMap<>();
      JsonArray details =
          json().object("error").orElse(JsonObject.EMPTY).array("details").orElseThrow();
      for (JsonValue detail : details) {
        JsonObject field = (JsonObject) detail;
        fields.put(field.text("field").orElseThrow(), field.text("code").orElseThrow());
      }
      return fields;
    }
  }

  private final URI url;
  private final HttpClient http;
  private final Map<String, String> headers = new LinkedHashMap<>();

  /** A client of any server. */
  public static TestClient of(URI url) {
    return new TestClient(url);
  }

  TestClient(URI url) {
    this.url = url;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** Sends this header with every request from now on; an empty value removes it. */
  public TestClient with(String name, String value) {
    if (value.isEmpty()) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  /** What it sends of this header; empty text when it sends none. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** GET. */
  public Reply get(String path) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody(), Map.of());
  }

  /** GET with more headers. */
  public Reply get(String path, Map<String, String> more) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody(), more);
  }

  /** Any method without content. */
  public Reply call(String method, String path) {
    return send(method, path, HttpRequest.BodyPublishers.noBody(), Map.of());
  }

  /** POST of JSON. */
  public Reply post(String path, String json) {
    return json("POST", path, json);
  }

  /** PATCH with JSON. */
  public Reply patch(String path, String json) {
    return json("PATCH", path, json);
  }

  /** Any method with JSON. */
  public Reply json(String method, String path, String json) {
    return send(
        method,
        path,
        HttpRequest.BodyPublishers.ofString(json),
        Map.of("Content-Type", "application/json"));
  }

  /** Any method with bytes. */
  public Reply bytes(String method, String path, byte[] bytes, Map<String, String> more) {
    return send(method, path, HttpRequest.BodyPublishers.ofByteArray(bytes), more);
  }

  private Reply send(
      String method, String path, HttpRequest.BodyPublisher body, Map<String, String> more) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(resolve(path)).method(method, body).timeout(Duration.ofSeconds(30));
    headers.forEach(request::setHeader);
    more.forEach(request::setHeader);
    try {
      return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Paths are under {@code /api/v1/} unless they start with a slash. */
  private URI resolve(String path) {
    return url.resolve(path.startsWith("/") ? path : "/api/v1/" + path);
  }
}
