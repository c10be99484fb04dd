package dev.nanoctl.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers rely on, wherever allowances are counted. */
abstract class RateLimitContract {
  private String key = "";

  @BeforeEach
  void newKey() {
    key = UUID.randomUUID().toString();
  }

  /** A limit as one server has it; two of them count together if the adapter shares. */
  abstract RateLimit limit();

  /** Lets that much time go by. */
  abstract void pass(Duration time) throws InterruptedException;

  @Test
  void anAllowanceIsThereAtOnceAndThenTheCallerWaits() {
    for (int i = 0; i < 5; i++) {
      assertThat(limit().take(key, 5, Duration.ofMinutes(1))).isZero();
    }
    assertThat(limit().take(key, 5, Duration.ofMinutes(1)))
        .isBetween(Duration.ofSeconds(11), Duration.ofSeconds(12));
  }

  @Test
  void aRefusedCallTakesNothing() throws InterruptedException {
    Duration per = Duration.ofSeconds(2);
    assertThat(limit().take(key, 1, per)).isZero();
    for (int i = 0; i < 20; i++) {
      assertThat(limit().take(key, 1, per)).isPositive();
    }
    pass(per.plusMillis(50));
    assertThat(limit().take(key, 1, per)).isZero();
  }

  @Test
  void anAllowanceRefillsEvenly() throws InterruptedException {
    Duration per = Duration.ofSeconds(3);
    for (int i = 0; i < 3; i++) {
      assertThat(limit().take(key, 3, per)).isZero();
    }
    assertThat(limit().take(key, 3, per)).isPositive();
    pass(Duration.ofMillis(1_100));
    assertThat(limit().take(key, 3, per)).isZero();
    assertThat(limit().take(key, 3, per)).isPositive();
  }

  @Test
  void whatIsSaidToBeTheWaitIsEnough() throws InterruptedException {
    Duration per = Duration.ofSeconds(1);
    assertThat(limit().take(key, 2, per)).isZero();
    assertThat(limit().take(key, 2, per)).isZero();
    Duration wait = limit().take(key, 2, per);
    assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(501));
    pass(wait.plusMillis(1));
    assertThat(limit().take(key, 2, per)).isZero();
  }

  @Test
  void callersDoNotUseEachOthersAllowance() {
    assertThat(limit().take(key + " a", 1, Duration.ofMinutes(1))).isZero();
    assertThat(limit().take(key + " b", 1, Duration.ofMinutes(1))).isZero();
    assertThat(limit().take(key + " a", 1, Duration.ofMinutes(1))).isPositive();
  }

  @Test
  void endlessAllowancesNeverEnd() {
    for (int i = 0; i < 2_000; i++) {
      assertThat(limit().take(key, 1_000_000_000, Duration.ofMinutes(1))).isZero();
    }
  }

  @Test
  void manyAtOnceGetExactlyWhatIsAllowed() throws InterruptedException {
    assertThat(passed(limit(), limit(), key, 100)).isEqualTo(100);
  }

  /** How many of 400 calls pass, made at once through two servers. */
  static int passed(RateLimit one, RateLimit other, String key, int calls)
      throws InterruptedException {
    var passed = new AtomicInteger();
    var ready = new CountDownLatch(8);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 8; t++) {
        RateLimit limit = t % 2 == 0 ? one : other;
        var _ =
            threads.submit(() -> {
              ready.countDown();
              ready.await();
              for (int i = 0; i < 50; i++) {
                // an hour: nothing worth a call refills while this runs
                if (limit.take(key, calls, Duration.ofHours(10)).isZero()) {
                  passed.incrementAndGet();
                }
              }
              return null;
            });
      }
    }
    return passed.get();
  }
}
