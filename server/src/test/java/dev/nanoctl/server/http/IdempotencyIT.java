package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.testing.OffsetClock;
import dev.nanoctl.server.testing.TestClient;
import dev.nanoctl.server.testing.TestClient.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IdempotencyIT {
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final OffsetClock clock = new OffsetClock();
  private EdgeServer edge;

  @BeforeEach
  void start() {
    edge =
        new EdgeServer(
            clock,
            EdgeServer.config(1000, 1000),
            List.of(
                Endpoint.post("things")
                    .access(Access.USER)
                    .body(Schema.object().required("title", Schema.text(1, 20)))
                    .handle(this::make),
                Endpoint.post("slow")
                    .access(Access.USER)
                    .handle(_ -> {
                      started.countDown();
                      assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                      return Answer.noContent();
                    })));
    insert("creator-1");
    insert("creator-2");
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private void insert(String token) {
    edge.database
        .jdbi()
        .useHandle(tx ->
            tx.createUpdate(
                    """
                    INSERT INTO app_user (id, email, username, role, status, created_at, updated_at)
                    VALUES (:id, :email, :name, 'creator', 'active', now(), now())
                    """)
                .bind("id", EdgeServer.idOf(token))
                .bind("email", token + "@example.org")
                .bind("name", token.replace("-", "_"))
                .execute());
  }

  private Answer make(Call call) {
    String title = call.body().text("title");
    int number = made.incrementAndGet();
    if (title.equals("fail") && number == 1) {
      throw new IllegalStateException("once");
    }
    return Answer.created(json -> json.value(title + number))
        .header("Location", "/things/" + number)
        .etag(number);
  }

  private TestClient as(String token, String key) {
    return edge.client().with("Authorization", "Bearer " + token).with("Idempotency-Key", key);
  }

  @Test
  void theSameRequestIsAnsweredTheSameAndDoneOnce() {
    Reply first = as("creator-1", "\"k1\"").post("things", "{\"title\": \"a\"}");
    Reply again = as("creator-1", "k1").post("things", "{ \"title\": \"a\" }");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).contains("\"a1\"");
    assertThat(again.header("Location")).isEqualTo("/things/1");
    assertThat(again.header("ETag")).isEqualTo("\"1\"");
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(made).hasValue(1);
  }

  @Test
  void anotherBodyIsRefused() {
    as("creator-1", "k1").post("things", "{\"title\": \"a\"}");
    Reply other = as("creator-1", "k1").post("things", "{\"title\": \"b\"}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.fields()).containsEntry("Idempotency-Key", "reused");
    assertThat(made).hasValue(1);
  }

  @Test
  void keysBelongToTheirCaller() {
    as("creator-1", "k1").post("things", "{\"title\": \"a\"}");
    assertThat(as("creator-2", "k1").post("things", "{\"title\": \"b\"}").status()).isEqualTo(201);
    assertThat(made).hasValue(2);
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    as("creator-1", "k1").post("things", "{\"title\": \"a\"}");
    clock.advance(Duration.ofHours(25));
    assertThat(as("creator-1", "k1").post("things", "{\"title\": \"b\"}").status()).isEqualTo(201);
  }

  @Test
  void aFailedRequestMayBeTriedAgain() {
    assertThat(as("creator-1", "k1").post("things", "{\"title\": \"fail\"}").status())
        .isEqualTo(500);
    assertThat(as("creator-1", "k1").post("things", "{\"title\": \"fail\"}").status())
        .isEqualTo(201);
    assertThat(as("creator-1", "k2").post("things", "{\"title\": \"\"}").status()).isEqualTo(422);
    assertThat(as("creator-1", "k2").post("things", "{\"title\": \"x\"}").status()).isEqualTo(201);
  }

  @Test
  void aRequestUnderWayIsNotDoneTwice() throws InterruptedException {
    Thread first = Thread.ofVirtual().start(() -> as("creator-1", "k1").call("POST", "slow"));
    assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
    Reply second = as("creator-1", "k1").call("POST", "slow");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.header("Retry-After")).isEqualTo("1");
    goOn.countDown();
    first.join();
    assertThat(as("creator-1", "k1").call("POST", "slow").status()).isEqualTo(204);
  }

  @Test
  void aKeyMustBeReadable() {
    assertThat(as("creator-1", "x".repeat(256)).post("things", "{\"title\": \"a\"}").status())
        .isEqualTo(400);
    assertThat(made).hasValue(0);
  }
}
