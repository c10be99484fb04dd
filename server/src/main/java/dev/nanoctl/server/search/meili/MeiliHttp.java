package dev.nanoctl.server.search.meili;

import com.meilisearch.sdk.Config;
import com.meilisearch.sdk.exceptions.MeilisearchCommunicationException;
import com.meilisearch.sdk.exceptions.MeilisearchException;
import com.meilisearch.sdk.exceptions.MeilisearchTimeoutException;
import com.meilisearch.sdk.http.CustomOkHttpClient;
import com.meilisearch.sdk.http.request.HttpMethod;
import com.meilisearch.sdk.http.request.HttpRequest;
import com.meilisearch.sdk.http.response.HttpResponse;
import com.meilisearch.sdk.json.JsonHandler;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Talks to Meilisearch by its own client's transport. Bodies are written and read by {@link Json}
 * and not bound to the client's classes, which would need reflection.
 *
 * <p>A request whose connection breaks is sent once more: every request here may be repeated.
 */
final class MeiliHttp implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final int WRITES_TAKE = 10;
  private static final int IDLE_CONNECTIONS = 16;
  private static final long PAUSE_MILLIS = 100;

  private final String url;
  private final OkHttpClient connections;
  private final CustomOkHttpClient reads;
  private final CustomOkHttpClient writes;

  MeiliHttp(MeiliSettings settings) {
    url = settings.url().toString().replaceFirst("/+$", "");
    connections =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
            .connectTimeout(CONNECT)
            .readTimeout(settings.patience())
            .callTimeout(settings.patience())
            .build();
    Duration longer = settings.patience().multipliedBy(WRITES_TAKE);
    Config config = new Config(url, settings.key().value(), new Unbound());
    reads = new CustomOkHttpClient(config, connections);
    writes =
        new CustomOkHttpClient(
            config, connections.newBuilder().readTimeout(longer).callTimeout(longer).build());
  }

  /** Nothing is bound to classes. */
  private static final class Unbound implements JsonHandler {
    @Override
    public String encode(Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T decode(Object text, Class<T> type, Class<?>... parameters) {
      throw new UnsupportedOperationException();
    }
  }

  /** An answer that is not an error, or says that something is not there. */
  record Answer(int status, JsonObject body) {
    boolean isMissing() {
      return status == 404;
    }

    /** Which kind of thing is missing. */
    String code() {
      return body.text("code").orElse("");
    }

    /** The number of the task that a write became. */
    int task() {
      return Math.toIntExact(body.integer("taskUid").orElseThrow());
    }
  }

  Answer get(String path) {
    return ask(reads, HttpMethod.GET, path, null);
  }

  /** Asks for something for which nobody waits who searches. */
  Answer getPatiently(String path) {
    return ask(writes, HttpMethod.GET, path, null);
  }

  /** A question that is put by POST. */
  Answer query(String path, Consumer<JsonWriter> body) {
    return ask(reads, HttpMethod.POST, path, Json.text(body));
  }

  Answer post(String path, String body) {
    return ask(writes, HttpMethod.POST, path, body);
  }

  Answer patch(String path, String body) {
    return ask(writes, HttpMethod.PATCH, path, body);
  }

  Answer delete(String path) {
    return ask(writes, HttpMethod.DELETE, path, null);
  }

  private Answer ask(
      CustomOkHttpClient client, HttpMethod method, String path, @Nullable String body) {
    HttpRequest request = new HttpRequest(method, path, Map.of(), body);
    HttpResponse<String> response;
    try {
      response = send(client, request);
    } catch (MeilisearchTimeoutException e) {
      throw unreachable("it took too long", e);
    } catch (MeilisearchException e) {
      throw unreachable(cause(e), e);
    }
    return answer(response);
  }

  private static HttpResponse<String> send(CustomOkHttpClient client, HttpRequest request) {
    try {
      return client.execute(request);
    } catch (MeilisearchCommunicationException e) {
      if (e.getCause() instanceof java.io.InterruptedIOException) {
        throw e;
      }
      pause();
      return client.execute(request);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answer(HttpResponse<String> response) {
    int status = response.getStatusCode();
    JsonObject body;
    try {
      String content = response.getContent();
      body = content == null || content.isEmpty() ? JsonObject.EMPTY : Json.parseObject(content);
    } catch (JsonSyntaxException e) {
      throw unreachable("it answers " + status + " and something that is not JSON", e);
    }
    if (status < 300 || status == 404) {
      return new Answer(status, body);
    }
    String why = status + " " + body.text("code").orElse("");
    if (status == 401 || status == 403) {
      throw new Problem.Unavailable(
              "NC-SEARCH-KEY-REFUSED",
              "the search engine at " + url + " refuses the key: " + why,
              "start the search engine with the key in secrets/search-master-key")
          .raise();
    }
    if (status >= 500 || status == 408 || status == 429) {
      throw unreachable("it answers " + why, null);
    }
    throw new Problem.Unavailable(
            "NC-SEARCH-REFUSED",
            "the search engine at "
                + url
                + " refuses a request: "
                + why
                + ": "
                + body.text("message").orElse(""),
            "run the version of the search engine that this version of nanoctl names")
        .raise();
  }

  private ProblemException unreachable(String why, @Nullable Throwable cause) {
    Problem problem =
        new Problem.Unavailable(
            "NC-SEARCH-UNREACHABLE",
            "the search engine at " + url + " does not answer: " + why,
            "see nanoctl status; everything but searching goes on meanwhile");
    return cause == null ? problem.raise() : problem.raise(cause);
  }

  private static String cause(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    connections.dispatcher().executorService().shutdown();
    connections.connectionPool().evictAll();
  }
}
