package dev.nanoctl.server.limit;

import dev.nanoctl.server.redis.RedisLink;
import dev.nanoctl.server.redis.RedisScript;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Allowances that all servers of a site share, counted by Redis and by its clock. While Redis is
 * away each server counts alone.
 */
public final class RedisRateLimit implements RateLimit {
  /**
   * A bucket that leaks evenly: how full it is and when that was, in microseconds. It answers for
   * how many microseconds the caller must wait.
   */
  private static final RedisScript<Long> TAKE =
      RedisScript.number(
          """
          local time = redis.call('TIME')
          local now = time[1] * 1000000 + time[2]
          local calls = tonumber(ARGV[1])
          local per = tonumber(ARGV[2])
          local level = 0
          local kept = redis.call('GET', KEYS[1])
          if kept then
            local full, at = string.match(kept, '^(%S+) (%S+)$')
            level = math.max(0, tonumber(full) - (now - tonumber(at)) * calls / per)
          end
          local over = level + 1 - calls
          if over > 0.000001 then
            return math.max(1, math.ceil(over * per / calls))
          end
          level = level + 1
          redis.call('SET', KEYS[1], string.format('%.17g %.17g', level, now),
            'PX', math.ceil(level * per / calls / 1000) + 1)
          return 0
          """);

  private final RedisLink redis;
  private final String prefix;
  private final RateLimit alone;

  /**
   * Allowances in Redis.
   *
   * @param prefix what this site's keys begin with
   * @param alone counts while Redis is away
   */
  public RedisRateLimit(RedisLink redis, String prefix, RateLimit alone) {
    this.redis = redis;
    this.prefix = prefix + "limit:";
    this.alone = alone;
  }

  @Override
  public Duration take(String key, int calls, Duration per) {
    Optional<Long> wait =
        redis.run(
            "limit",
            TAKE,
            new String[] {prefix + digest(key)},
            number(calls),
            number(per.toNanos() / 1_000));
    return wait.isPresent() ? Duration.ofNanos(wait.get() * 1_000) : alone.take(key, calls, per);
  }

  private static byte[] number(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  /** Keys name addresses of people, which Redis need not know. */
  private static String digest(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      byte[] half = new byte[16];
      ByteBuffer.wrap(hash).get(half);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
