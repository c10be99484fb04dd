package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.plan.SecretNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** New secrets for an instance without containers. */
class SecretsIT extends OwnInstance {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void everySecretGetsANewValueAndOnlyTheServerIsStartedAnew() throws Exception {
    nanoctl.done("install", "--yes", "--no-systemd", "--port", "" + port);
    // twice: the database has two roles that take turns
    for (int round = 0; round < 2; round++) {
      long server = pid("server");
      long postgres = pid("postgres");
      Map<String, String> old = secrets();
      var longest = new AtomicLong();
      var rotating = new AtomicBoolean(true);
      Thread visitor = Thread.ofVirtual().start(() -> visit(rotating, longest));
      nanoctl.done("secrets", "rotate");
      rotating.set(false);
      visitor.join();
      assertThat(longest.get()).as("milliseconds without an answer").isBetween(1L, 60_000L);
      assertThat(secrets())
          .allSatisfy((name, value) -> assertThat(value).isNotEqualTo(old.get(name)));
      await().atMost(Duration.ofSeconds(60)).until(() -> status("/ready") == 200);
      assertThat(nanoctl.done("status", "--json").json().bool("healthy")).contains(true);
      assertThat(pid("postgres")).isEqualTo(postgres);
      assertThat(pid("server")).isNotEqualTo(server);
    }
  }

  private Map<String, String> secrets() throws IOException {
    var values = new HashMap<String, String>();
    for (String name : SecretNames.ALL) {
      values.put(name, Files.readString(nanoctl.site().resolve("secrets").resolve(name)));
    }
    return values;
  }

  /** Notes how long nobody answered at a time, in milliseconds. */
  private void visit(AtomicBoolean going, AtomicLong longest) {
    long answered = System.nanoTime();
    try {
      while (going.get()) {
        try {
          if (status("/health") == 200) {
            answered = System.nanoTime();
          }
        } catch (IOException _) {
          // nobody listens at this moment
        }
        long away = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - answered);
        longest.accumulateAndGet(away, Math::max);
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int status(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private long pid(String name) throws IOException, InterruptedException {
    return nanoctl
        .done("status", "--json")
        .json()
        .array("services")
        .orElseThrow()
        .objects()
        .filter(service -> service.text("name").orElse("").equals(name))
        .findFirst()
        .orElseThrow()
        .integer("pid")
        .orElseThrow();
  }
}
