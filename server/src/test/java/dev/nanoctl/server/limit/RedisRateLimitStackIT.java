package dev.nanoctl.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.server.redis.RedisLines;
import dev.nanoctl.server.redis.RedisLink;
import dev.nanoctl.server.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Allowances in a real Redis, counted by two servers. */
@TestInstance(Lifecycle.PER_CLASS)
final class RedisRateLimitStackIT extends RateLimitContract {
  private static final RateLimit NEVER =
      (_, _, _) -> {
        throw new AssertionError("redis was away");
      };
  private static final RateLimit ALONE = (_, _, _) -> Duration.ofDays(1);

  private final String prefix = RedisServer.prefix();
  private RedisServer server;
  private RedisLines lines;
  private RedisLink link;
  private RedisLink second;

  @BeforeAll
  void start() {
    server = RedisServer.durable();
    lines = new RedisLines();
    link = server.link(lines);
    second = server.link(lines);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      link.close();
      second.close();
      lines.close();
      server.close();
    }
  }

  @Override
  RateLimit limit() {
    return new RedisRateLimit(link, prefix, NEVER);
  }

  @Override
  void pass(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  @Test
  void twoServersShareAnAllowanceExactly() throws InterruptedException {
    RateLimit other = new RedisRateLimit(second, prefix, NEVER);
    assertThat(passed(limit(), other, "shared", 150)).isEqualTo(150);
  }

  @Test
  void sitesDoNotShareAllowances() {
    RateLimit elsewhere = new RedisRateLimit(second, RedisServer.prefix(), NEVER);
    assertThat(limit().take("site", 1, Duration.ofMinutes(1))).isZero();
    assertThat(elsewhere.take("site", 1, Duration.ofMinutes(1))).isZero();
  }

  @Test
  void whatIsFullAgainIsForgotten() throws InterruptedException {
    assertThat(limit().take("short", 10, Duration.ofMillis(500))).isZero();
    Thread.sleep(600);
    assertThat(server.cli("keys '" + prefix + "limit:*'")).doesNotContain("short");
    String pattern = RedisServer.prefix();
    assertThat(new RedisRateLimit(link, pattern, NEVER).take("x", 10, Duration.ofMillis(200)))
        .isZero();
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> server.cli("keys '" + pattern + "*'").isBlank());
  }

  @Test
  void addressesOfCallersAreNotWrittenDown() {
    assertThat(limit().take("reads 203.0.113.9", 1, Duration.ofMinutes(1))).isZero();
    assertThat(server.cli("keys '*'")).doesNotContain("203.0.113");
  }

  @Test
  void whileRedisIsAwayEachServerCountsAloneAndGoesBack() {
    try (RedisServer own = RedisServer.durable();
        RedisLink line = own.link(lines, Duration.ofMillis(250))) {
      RateLimit limit = new RedisRateLimit(line, prefix, ALONE);
      assertThat(limit.take("kept", 1, Duration.ofHours(1))).isZero();
      own.killAndStayAway();
      long begin = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertThat(limit.take("kept", 1, Duration.ofHours(1))).isEqualTo(Duration.ofDays(1));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
      assertThat(line.up()).isFalse();
      own.comeBack();
      await().atMost(Duration.ofSeconds(10)).until(line::up);
      // it was written down that the allowance is used
      assertThat(limit.take("kept", 1, Duration.ofHours(1)))
          .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
    }
  }

  @Test
  void aRedisThatHangsCostsOneCallItsPatienceAndTheOthersNothing() {
    try (RedisServer own = RedisServer.durable();
        RedisLink line = own.link(lines, Duration.ofMillis(250))) {
      RateLimit limit = new RedisRateLimit(line, prefix, ALONE);
      own.hang();
      long begin = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        assertThat(limit.take("hangs", 1, Duration.ofHours(1))).isEqualTo(Duration.ofDays(1));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
      own.comeBack();
      await().atMost(Duration.ofSeconds(10)).until(line::up);
    }
  }
}
