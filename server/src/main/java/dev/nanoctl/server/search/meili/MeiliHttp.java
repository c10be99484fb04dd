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
import dev.nanoctl.core.PromptSockets;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Talks to Meilisearch by its own client's transport. Bodies are written and read by {@link Json}
 * and not bound to the client's classes, which would need reflection.
 *
 * <p>A request whose connection breaks is sent once more: every request here may be repeated. While
 * the server's key is being changed, it is repeated until the server is back with either key.
 */
final class MeiliHttp implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final int WRITES_TAKE = 10;
  private static final int IDLE_CONNECTIONS = 16;
  private static final long PAUSE_MILLIS = 100;

  /** How long the server may be away to be started with its new key. */
  private static final Duration KEY_CHANGE = Duration.ofSeconds(20);

  private static final String KEY_REFUSED = "NC-SEARCH-KEY-REFUSED";
  private static final String UNREACHABLE = "NC-SEARCH-UNREACHABLE";

  private final String url;
  private final OkHttpClient connections;
  private final MeiliKeys<Way> keys;

  /** How one asks with a key: where somebody waits for the answer, and where nobody does. */
  private record Way(CustomOkHttpClient reads, CustomOkHttpClient writes) {}

  MeiliHttp(MeiliSettings settings) {
    url = settings.url().toString().replaceFirst("/+$", "");
    connections =
        new OkHttpClient.Builder()
            .socketFactory(new PromptSockets())
            .addInterceptor(MeiliHttp::uncompressed)
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
            .connectTimeout(CONNECT)
            .readTimeout(settings.patience())
            .callTimeout(settings.patience())
            .build();
    Duration longer = settings.patience().multipliedBy(WRITES_TAKE);
    OkHttpClient patient = connections.newBuilder().readTimeout(longer).callTimeout(longer).build();
    keys =
        new MeiliKeys<>(
            settings.keys().stream()
                .map(key -> new Config(url, key.value(), new Unbound()))
                .map(config ->
                    new Way(
                        new CustomOkHttpClient(config, connections),
                        new CustomOkHttpClient(config, patient)))
                .toList());
  }

  /**
   * Asks for answers as they are: compressed ones come in two pieces, and Meilisearch sends the
   * second only when the first was confirmed, which systems delay for 40 ms.
   */
  private static Response uncompressed(Interceptor.Chain chain) throws IOException {
    return chain.proceed(
        chain.request().newBuilder().header("Accept-Encoding", "identity").build());
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
    return ask(Way::reads, HttpMethod.GET, path, null);
  }

  /** Asks for something for which nobody waits who searches. */
  Answer getPatiently(String path) {
    return ask(Way::writes, HttpMethod.GET, path, null);
  }

  /** A question that is put by POST. */
  Answer query(String path, Consumer<JsonWriter> body) {
    return ask(Way::reads, HttpMethod.POST, path, Json.text(body));
  }

  Answer post(String path, String body) {
    return ask(Way::writes, HttpMethod.POST, path, body);
  }

  Answer patch(String path, String body) {
    return ask(Way::writes, HttpMethod.PATCH, path, body);
  }

  Answer delete(String path) {
    return ask(Way::writes, HttpMethod.DELETE, path, null);
  }

  private Answer ask(
      Function<Way, CustomOkHttpClient> client,
      HttpMethod method,
      String path,
      @Nullable String body) {
    HttpRequest request = new HttpRequest(method, path, Map.of(), body);
    long end = System.nanoTime() + KEY_CHANGE.toNanos();
    while (true) {
      Way way = keys.current();
      try {
        Answer answer = ask(client.apply(way), request);
        keys.taken(way);
        return answer;
      } catch (ProblemException e) {
        if (e.problem().code().equals(KEY_REFUSED)) {
          keys.refused(way);
        } else if (!e.problem().code().equals(UNREACHABLE)) {
          throw e;
        }
        if (!keys.explains(way) || System.nanoTime() > end || !pause()) {
          throw e;
        }
      }
    }
  }

  private Answer ask(CustomOkHttpClient client, HttpRequest request) {
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

  /** Waits a moment; whether it was left to wait. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
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
              KEY_REFUSED,
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
            UNREACHABLE,
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
