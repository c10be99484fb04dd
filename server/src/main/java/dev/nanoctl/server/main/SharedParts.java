package dev.nanoctl.server.main;

import dev.nanoctl.server.broadcast.Broadcast;
import dev.nanoctl.server.broadcast.PostgresBroadcast;
import dev.nanoctl.server.broadcast.RedisBroadcast;
import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.cache.LocalAnswerCache;
import dev.nanoctl.server.cache.RedisAnswers;
import dev.nanoctl.server.cache.SharedTopics;
import dev.nanoctl.server.cache.TwoLevelAnswerCache;
import dev.nanoctl.server.db.Database;
import dev.nanoctl.server.http.Readiness;
import dev.nanoctl.server.limit.LocalRateLimit;
import dev.nanoctl.server.limit.RateLimit;
import dev.nanoctl.server.limit.RedisRateLimit;
import dev.nanoctl.server.redis.RedisLines;
import dev.nanoctl.server.redis.RedisLink;
import dev.nanoctl.server.redis.RedisMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What may be shared with other servers: kept answers, allowances, news.
 *
 * @param open what is to be closed with it, in this order
 */
@SuppressWarnings("try") // an interruption while a part closes is told like any other trouble
record SharedParts(
    AnswerCache cache, RateLimit limits, Broadcast broadcast, List<AutoCloseable> open)
    implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  /** What shared parts stand on. */
  record Ground(
      Database database, InstantSource clock, PrometheusRegistry metrics, Readiness readiness) {}

  static SharedParts of(ServerConfig config, Ground ground) {
    InstantSource clock = ground.clock();
    var near = new LocalAnswerCache(cacheBytes(), LIFE, () -> clock.millis() * 1_000_000);
    var alone = new LocalRateLimit(clock);
    return switch (config.shared()) {
      case SharedConfig.Alone _ -> {
        var broadcast = new PostgresBroadcast(config.database());
        yield new SharedParts(near, alone, broadcast, List.of(broadcast));
      }
      case SharedConfig.ByRedis redis ->
          byRedis(redis, config.index().shared(), near, alone, ground);
    };
  }

  private static SharedParts byRedis(
      SharedConfig.ByRedis config,
      boolean sharedSearch,
      LocalAnswerCache near,
      RateLimit alone,
      Ground ground) {
    var metrics = new RedisMetrics(ground.metrics());
    var lines = new RedisLines();
    var cache = new RedisLink("cache", lines, config.cache(), metrics);
    var state = new RedisLink("state", lines, config.state(), metrics);
    var topics = new SharedTopics();
    var broadcast =
        new RedisBroadcast(
            ground.database().jdbi(), state, lines, config.state(), config.prefix(), topics);
    String version = config.version() + ":" + ground.database().history();
    var answers =
        new TwoLevelAnswerCache(
            near,
            new RedisAnswers(cache, config.prefix(), version, LIFE),
            topics,
            key -> key.startsWith("/") && (sharedSearch || !key.startsWith("/api/v1/search")));
    ground.readiness().useful("redis-cache", cache::up).useful("redis-state", state::up);
    waitFor(state);
    return new SharedParts(
        answers,
        new RedisRateLimit(state, config.prefix(), alone),
        broadcast,
        List.of(broadcast, cache, state, lines));
  }

  /** A server that begins while Redis does not answer gets by without it. */
  private static void waitFor(RedisLink link) {
    try {
      boolean _ = link.await(FIRST_LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A sixteenth of the heap, at least 16 MB. */
  private static long cacheBytes() {
    return Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 16);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }
}
