package dev.nanoctl.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nanoctl.server.redis.RedisLines;
import dev.nanoctl.server.redis.RedisLink;
import dev.nanoctl.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Answers in a real Redis. */
@TestInstance(Lifecycle.PER_CLASS)
final class RedisAnswersStackIT extends AnswerCacheContract {
  private static final Duration LIFE = Duration.ofSeconds(30);

  private final String prefix = RedisServer.prefix();
  private RedisServer server;
  private RedisLines lines;
  private RedisLink link;

  @BeforeAll
  void start() {
    server = RedisServer.forgetful();
    lines = new RedisLines();
    link = server.link(lines);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      link.close();
      lines.close();
      server.close();
    }
  }

  private RedisAnswers answers(String version) {
    return new RedisAnswers(link, prefix, version, LIFE);
  }

  private final SharedTopics last = new SharedTopics();

  private AnswerCache server(String version) {
    return server(version, new SharedTopics());
  }

  private AnswerCache server(String version, SharedTopics topics) {
    topics.begin("log", 100);
    topics.upTo(100);
    var near = new LocalAnswerCache(1 << 20, LIFE, Ticker.systemTicker());
    return new TwoLevelAnswerCache(near, answers(version), topics, _ -> true);
  }

  @Override
  AnswerCache cache() {
    return server("1", last);
  }

  @Override
  void miss(AnswerCache cache) {
    last.heardAll(101);
    cache.changedAll();
  }

  private CachedAnswer shared(AnswerCache from, AnswerCache to, CachedAnswer answer) {
    from.keep(key, answer, List.of("nanos"), from.now());
    await().atMost(Duration.ofSeconds(5)).until(() -> to.find(key).isPresent());
    return to.find(key).orElseThrow();
  }

  @Test
  void anotherServerFindsTheAnswerAsItWas() {
    CachedAnswer kept = shared(cache(), cache(), answer("ä".repeat(1_000)));
    assertThat(new String(kept.body(), StandardCharsets.UTF_8)).isEqualTo("ä".repeat(1_000));
    assertThat(kept.etag()).isEqualTo("\"tag\"");
    assertThat(kept.cacheControl()).isEqualTo("public");
    assertThat(kept.route()).isEqualTo("nanos");
    assertThat(kept.gzip(_ -> new byte[] {1})).containsExactly(1);
  }

  @Test
  void whatWasCompressedOnceIsNotCompressedAgain() {
    CachedAnswer made = answer("b".repeat(5_000));
    byte[] gzip = made.gzip(RedisAnswersStackIT::compress);
    CachedAnswer kept = shared(cache(), cache(), made);
    assertThat(new String(kept.body(), StandardCharsets.UTF_8)).isEqualTo("b".repeat(5_000));
    assertThat(kept.gzip(_ -> null)).isEqualTo(gzip);
  }

  private static byte[] compress(byte[] body) {
    var out = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void anotherVersionRendersItself() {
    shared(server("1"), server("1"), answer("one"));
    assertThat(server("2").find(key)).isEmpty();
  }

  @Test
  void answersLeaveByThemselves() {
    var brief = new RedisAnswers(link, prefix, "brief", Duration.ofMillis(200));
    brief.keep("log", key, new SharedAnswers.Found(answer("x"), new int[0], 1));
    await().atMost(Duration.ofSeconds(2)).until(() -> brief.find("log", key).isPresent());
    await().atMost(Duration.ofSeconds(2)).until(() -> brief.find("log", key).isEmpty());
  }

  @Test
  void aRedisThatIsAwayIsAMissAtOnce() {
    try (RedisServer own = RedisServer.forgetful();
        RedisLink line = own.link(lines, Duration.ofMillis(250))) {
      var away = new RedisAnswers(line, prefix, "1", LIFE);
      own.killAndStayAway();
      long begin = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        assertThat(away.find("log", key)).isEqualTo(Optional.empty());
        away.keep("log", key, new SharedAnswers.Found(answer("x"), new int[0], 1));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
  }
}
