package dev.nanoctl.appliance.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API of a Docker engine, over docker-java's transport. Answers are read as plain JSON. All its
 * failures are problems: {@code NC-DOCKER-UNREACHABLE} where nothing answers, {@code
 * NC-DOCKER-REFUSED} with what the engine says otherwise.
 */
public final class DockerApi implements AutoCloseable {
  private static final URI STANDARD = URI.create("unix:///var/run/docker.sock");
  private static final int CONNECTIONS = 64;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int NOT_MODIFIED = 304;
  private static final int FIRST_ERROR = 400;

  private final DockerHttpClient client;
  private final URI host;

  /** The engine at that address; nothing is asked yet. */
  public DockerApi(URI host) {
    this.host = host;
    this.client =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(host)
            .maxConnections(CONNECTIONS)
            .connectionTimeout(Duration.ofSeconds(5))
            .responseTimeout(Duration.ofMinutes(10))
            .build();
  }

  /** The engine that these variables name, as Docker's own programs understand them. */
  public static DockerApi of(Map<String, String> environment) {
    String named = environment.getOrDefault("DOCKER_HOST", "");
    return new DockerApi(named.isBlank() ? STANDARD : URI.create(named));
  }

  /** Where it is asked. */
  public URI host() {
    return host;
  }

  /** Whether an engine answers now. */
  public boolean answers() {
    try {
      return send(Request.Method.GET, "/_ping", null, Map.of(), InputStream::readAllBytes).length
          > 0;
    } catch (ProblemException e) {
      return false;
    }
  }

  /** What is there. */
  public JsonValue get(String path) {
    return send(Request.Method.GET, path, null, Map.of(), DockerApi::json);
  }

  /** What is there, or nothing. */
  public Optional<JsonObject> find(String path) {
    try {
      return Optional.of((JsonObject) get(path));
    } catch (ProblemException e) {
      if (e.getCause() instanceof Refusal refusal && refusal.status == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether that is there, without reading it. */
  public boolean exists(String path) {
    try {
      return send(Request.Method.GET, path, null, Map.of(), _ -> true);
    } catch (ProblemException e) {
      if (e.getCause() instanceof Refusal refusal && refusal.status == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Has something done, with an object that says how. */
  public JsonValue post(String path, JsonObject how) {
    return send(
        Request.Method.POST,
        path,
        new java.io.ByteArrayInputStream(Json.text(how).getBytes(StandardCharsets.UTF_8)),
        Map.of("Content-Type", "application/json"),
        DockerApi::json);
  }

  /** Has something done that needs no explanation; that it is done already is no failure. */
  public void post(String path) {
    send(Request.Method.POST, path, null, Map.of(), InputStream::readAllBytes);
  }

  /** Removes something; that it is gone, or still used by others, is no failure. */
  public void delete(String path) {
    try {
      send(Request.Method.DELETE, path, null, Map.of(), InputStream::readAllBytes);
    } catch (ProblemException e) {
      boolean harmless =
          e.getCause() instanceof Refusal refusal
              && (refusal.status == NOT_FOUND || refusal.status == CONFLICT);
      if (!harmless) {
        throw e;
      }
    }
  }

  /** Reads what a stream of the engine says, such as a log. */
  public <T> T read(String path, Reading<T> reading) {
    return send(Request.Method.GET, path, null, Map.of(), reading);
  }

  /** Hands a tar archive over and reads what the engine says about it. */
  public <T> T upload(String path, InputStream tar, Reading<T> reading) {
    return send(
        Request.Method.POST, path, tar, Map.of("Content-Type", "application/x-tar"), reading);
  }

  /** The containers of an instance, also those that do not run. */
  public List<Container> containers(String instance) {
    return listed(labelled(instance));
  }

  /** The containers beside an instance that are none of its services. */
  List<Container> spares(String instance) {
    return listed(labelled(Container.SPARE, instance));
  }

  private List<Container> listed(String filter) {
    return ((JsonArray) get("/containers/json?all=1&filters=" + filter))
        .objects()
        .map(Container::of)
        .toList();
  }

  /** A filter for what carries the label of that instance, ready to be part of an address. */
  public static String labelled(String instance) {
    return labelled(Container.INSTANCE, instance);
  }

  /** A filter for what carries a label with that value, ready to be part of an address. */
  static String labelled(String label, String value) {
    JsonObject filter =
        JsonObject.builder().put("label", JsonArray.ofTexts(List.of(label + "=" + value))).build();
    return encoded(Json.text(filter));
  }

  /** A text as a part of an address. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Runs a command in a container, to its end.
   *
   * @return what it wrote; a problem when it ends with another status than 0
   */
  public String exec(String container, List<String> command) {
    JsonObject made =
        (JsonObject)
            post(
                "/containers/" + container + "/exec",
                JsonObject.builder()
                    .put("AttachStdout", true)
                    .put("AttachStderr", true)
                    .put("Cmd", JsonArray.ofTexts(command))
                    .build());
    String id = made.text("Id").orElseThrow();
    String said =
        send(
            Request.Method.POST,
            "/exec/" + id + "/start",
            new java.io.ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
            Map.of("Content-Type", "application/json"),
            stream -> Frames.text(stream));
    long status = ((JsonObject) get("/exec/" + id + "/json")).integer("ExitCode").orElse(-1);
    if (status != 0) {
      throw new Problem.Unavailable(
              "NC-CONTAINER-COMMAND",
              "%s in a container ended with status %d: %s"
                  .formatted(command.getFirst(), status, said.strip()),
              "nanoctl status, and nanoctl logs of that service")
          .raise();
    }
    return said;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes something of an answer's bytes. */
  public interface Reading<T> {
    /** Reads as much as it needs. */
    T of(InputStream stream) throws IOException;
  }

  private <T> T send(
      Request.Method method,
      String path,
      @Nullable InputStream body,
      Map<String, String> headers,
      Reading<T> reading) {
    var request = Request.builder().method(method).path(path).putAllHeaders(headers);
    if (body != null) {
      request.body(body);
    }
    try (Response response = client.execute(request.build())) {
      int status = response.getStatusCode();
      if (status >= FIRST_ERROR) {
        String said = message(response.getBody().readAllBytes());
        throw new Problem.Unavailable(
                "NC-DOCKER-REFUSED", "docker says: " + said, "nanoctl doctor looks at the engine")
            .raise(new Refusal(status, said));
      }
      if (status == NOT_MODIFIED) {
        return reading.of(InputStream.nullInputStream());
      }
      return reading.of(response.getBody());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
  }

  private ProblemException unreachable(Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new Problem.Unavailable(
            "NC-DOCKER-UNREACHABLE",
            "no docker engine answers at %s: %s".formatted(host, root.getMessage()),
            "start it: systemctl start docker; or name another: DOCKER_HOST=unix:///path")
        .raise(cause);
  }

  private static JsonValue json(InputStream stream) throws IOException {
    byte[] bytes = stream.readAllBytes();
    return bytes.length == 0 ? JsonObject.EMPTY : Json.parse(bytes);
  }

  private static String message(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    try {
      return Json.parseObject(text).text("message").orElse(text);
    } catch (JsonSyntaxException | IllegalStateException e) {
      return text;
    }
  }

  /** That the engine refused, and how. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String said) {
      super(status + ": " + said);
      this.status = status;
    }
  }
}
