package dev.nanoctl.server.search.meili.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The double of a Meilisearch server. What it holds is gone when it ends, unless it is a program.
 *
 * <p>As a program it reads {@code MEILI_CONFIG_FILE_PATH}, {@code MEILI_MASTER_KEY} and {@code
 * MEILI_HTTP_ADDR} like the real one, and keeps what it holds where {@code db_path} says.
 */
public final class FakeMeili implements AutoCloseable {
  private static final Pattern SETTING =
      Pattern.compile("(?m)^\\s*(master_key|http_addr|db_path)\\s*=\\s*[\"']([^\"']*)[\"']");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeApi api;
  private volatile int outage;
  private volatile Duration slowness = Duration.ZERO;

  private FakeMeili(InetSocketAddress address, FakeApi api) {
    this.api = api;
    try {
      server = HttpServer.create(address, 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one on any free port of the loopback. */
  public static FakeMeili start(String masterKey) {
    return start(0, masterKey);
  }

  /** Starts one on that port of the loopback. */
  public static FakeMeili start(int port, String masterKey) {
    return new FakeMeili(loopback(port), new FakeApi(masterKey));
  }

  /** Starts it again where it was, with all it held, after it was closed. */
  public FakeMeili startAgain(String masterKey) {
    api.key(masterKey);
    return new FakeMeili(loopback(server.getAddress().getPort()), api);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Serves until it is stopped. */
  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    String file = System.getenv("MEILI_CONFIG_FILE_PATH");
    if (file != null) {
      Matcher setting = SETTING.matcher(Files.readString(Path.of(file)));
      while (setting.find()) {
        settings.put(setting.group(1), setting.group(2));
      }
    }
    String key =
        System.getenv().getOrDefault("MEILI_MASTER_KEY", settings.getOrDefault("master_key", ""));
    String address =
        System.getenv()
            .getOrDefault("MEILI_HTTP_ADDR", settings.getOrDefault("http_addr", "localhost:7700"));
    int colon = address.lastIndexOf(':');
    InetSocketAddress where =
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    var api = new FakeApi(key);
    String folder = settings.get("db_path");
    if (folder != null) {
      new FakeDisk(Path.of(folder, "accepted.jsonl")).serve(api, key);
    }
    try (FakeMeili meili = new FakeMeili(where, api)) {
      System.getLogger("meilisearch")
          .log(System.Logger.Level.INFO, "listening on " + meili.server.getAddress());
      Thread.currentThread().join();
    }
  }

  /** Where it answers. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Lets every write that is asked for from now on take that long. */
  public void slowTasks(Duration delay) {
    api.tasks().delay(delay);
  }

  /** Lets every answer take that long. */
  public void slowAnswers(Duration delay) {
    slowness = delay;
  }

  /** Answers everything with that status from now on; 0 to answer again. */
  public void outage(int status) {
    outage = status;
  }

  /** Lets the next writes of documents fail after they were accepted. */
  public void failNextWrites(int count) {
    api.failNextWrites(count);
  }

  /** Forgets everything, as one does that is started with an empty disk. */
  public void forget() {
    api.forget();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      FakeApi.Answer answer;
      if (outage > 0) {
        answer = new FakeApi.Answer(outage, Map.of());
      } else {
        pause();
        answer = answer(exchange, new String(body, StandardCharsets.UTF_8));
      }
      byte[] bytes = FakeJson.text(answer.body()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void pause() {
    if (!slowness.isZero()) {
      try {
        Thread.sleep(slowness);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FakeApi.Answer answer(HttpExchange exchange, String body) {
    URI uri = exchange.getRequestURI();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    try {
      return api.answer(
          new FakeRequest(
              exchange.getRequestMethod(),
              uri.getPath(),
              query(uri),
              authorization == null ? "" : authorization,
              type == null ? "" : type,
              body));
    } catch (FakeError e) {
      return new FakeApi.Answer(e.status(), e.body());
    }
  }

  private static Map<String, Set<String>> query(URI uri) {
    Map<String, Set<String>> query = new TreeMap<>();
    if (uri.getRawQuery() != null) {
      for (String one : uri.getRawQuery().split("&", -1)) {
        int equals = one.indexOf('=');
        String value = URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8);
        query.put(one.substring(0, equals), Set.of(value.split(",")));
      }
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
