package dev.nanoctl.appliance.engine.docker.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the real entry keeps for guests, and what it does when applications fail. */
@TestInstance(Lifecycle.PER_CLASS)
final class EntryFailureStackIT {
  /** After how many milliseconds the entry trusts an application again that failed it. */
  private static final long ALIVE_AGAIN = 3200;

  @TempDir private static Path folder;
  private EntrySite site;
  private EntryClient entry;

  @BeforeAll
  void start() throws Exception {
    site = new EntrySite(folder);
    entry = site.entry();
  }

  @AfterAll
  void stop() throws Exception {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void whileNoApplicationAnswersPeopleSeeACalmPageAndProgramsAnError() {
    assertThat(site.closedPage().statusCode()).isEqualTo(503);
    assertThat(site.closedPage().headers().firstValue("Retry-After")).hasValue("5");
    assertThat(site.closedPage().body()).contains("Gleich wieder da", "Back in a moment");
    JsonObject error = Json.parseObject(site.closedApi().body()).object("error").orElseThrow();
    assertThat(site.closedApi().statusCode()).isEqualTo(503);
    assertThat(error.text("code")).hasValue("DEPENDENCY_DOWN");
    assertThat(error.text("message").orElseThrow()).startsWith("A service is not reachable");
  }

  @Test
  void guestsGetKeptAnswersUntilTheApplicationSaysThatSomethingChanged() throws Exception {
    String path = "/api/v1/nanos?kept=1";
    String first = entry.get(path).body();
    assertThat(entry.get(path).body()).isEqualTo(first);
    assertThat(site.modern().get(path).body()).isEqualTo(first);
    long asked = site.seen("GET /api/v1/nanos")[0];

    assertThat(entry.get("/change").body()).isEqualTo("changed");
    entry.get(path);

    assertThat(site.seen("GET /api/v1/nanos")[0]).isEqualTo(asked + 1);
  }

  @Test
  void anAnswerNobodyTakesBackLastsFewSecondsWhateverTheApplicationAllows() throws Exception {
    String path = "/api/v1/nanos?lasting=1";
    entry.get(path);
    long asked = site.seen("GET /api/v1/nanos")[0];
    long since = System.nanoTime();

    Awaitility.await()
        .atMost(Duration.ofSeconds(9))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          entry.get(path);
          return site.seen("GET /api/v1/nanos")[0] > asked;
        });
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void whoSignsInIsNeverServedFromTheCache() throws Exception {
    String path = "/api/v1/nanos?own=1";
    entry.get(path);
    long asked = site.seen("GET /api/v1/nanos")[0];

    entry.get(path, "Cookie", "at=" + "geheim");
    entry.get(path, "Authorization", "Bearer " + "geheim");

    assertThat(site.seen("GET /api/v1/nanos")[0]).isEqualTo(asked + 2);
  }

  @Test
  void whatIsNotForEveryoneIsNotKept() throws Exception {
    String first = entry.get("/api/v1/private?p=1").body();
    long asked = site.seen("GET /api/v1/private")[0];
    entry.get("/api/v1/private?p=1");
    assertThat(first).startsWith("own");
    assertThat(site.seen("GET /api/v1/private")[0]).isEqualTo(asked + 1);
  }

  @Test
  void aReadIsTriedElsewhereAndAWriteNever() throws Exception {
    entry.send("DELETE", "/api/v1/breaks", BodyPublishers.noBody());
    TimeUnit.MILLISECONDS.sleep(ALIVE_AGAIN);
    HttpResponse<String> posted = entry.post("/api/v1/breaks", "{}");
    TimeUnit.MILLISECONDS.sleep(ALIVE_AGAIN);
    HttpResponse<String> read = entry.get("/api/v1/breaks", "Cookie", "at=1");
    TimeUnit.MILLISECONDS.sleep(ALIVE_AGAIN);

    assertThat(posted.statusCode()).isEqualTo(503);
    assertThat(read.statusCode()).isEqualTo(503);
    assertThat(site.seen("POST /api/v1/breaks")[0]).isEqualTo(1);
    assertThat(site.seen("DELETE /api/v1/breaks")[0]).isEqualTo(1);
    assertThat(site.seen("GET /api/v1/breaks")[0]).isEqualTo(2);
  }

  @Test
  void whatNobodyReceivedIsSentToAnotherApplicationWhateverTheMethod() throws Exception {
    site.app(4);
    TimeUnit.MILLISECONDS.sleep(ALIVE_AGAIN);
    StackSite.run("docker", "rm", "--force", site.spec().project() + "-fake-4");
    for (int i = 0; i < 6; i++) {
      assertThat(entry.send("DELETE", "/api/v1/other/" + i, BodyPublishers.noBody()).statusCode())
          .isEqualTo(200);
      assertThat(entry.post("/api/v1/other", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void noReadFailsWhenAnApplicationDies() throws Exception {
    site.app(3);
    TimeUnit.SECONDS.sleep(2);
    var failed = new ArrayList<String>();
    var asked = new AtomicInteger();
    var going = new AtomicBoolean(true);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        threads.execute(() -> {
          while (going.get()) {
            try {
              HttpResponse<String> answer = entry.get("/slow");
              asked.incrementAndGet();
              if (answer.statusCode() != 200) {
                synchronized (failed) {
                  failed.add("status " + answer.statusCode());
                }
              }
            } catch (Exception e) {
              synchronized (failed) {
                failed.add(e.toString());
              }
            }
          }
        });
      }
      TimeUnit.MILLISECONDS.sleep(700);
      StackSite.run("docker", "kill", "-s", "KILL", site.spec().project() + "-fake-3");
      TimeUnit.MILLISECONDS.sleep(2500);
      going.set(false);
    }
    assertThat(failed).isEmpty();
    assertThat(asked.get()).isGreaterThan(100);
  }
}
