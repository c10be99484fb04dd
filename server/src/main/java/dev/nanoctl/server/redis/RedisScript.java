package dev.nanoctl.server.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script that Redis runs in one piece. */
public final class RedisScript<T> {
  private final String text;
  private final String digest;
  private final ScriptOutputType type;

  private RedisScript(String text, ScriptOutputType type) {
    this.text = text;
    this.type = type;
    this.digest = sha1(text);
  }

  /** A script that answers a whole number. */
  public static RedisScript<Long> number(String lua) {
    return new RedisScript<>(lua, ScriptOutputType.INTEGER);
  }

  RedisFuture<T> byDigest(
      RedisAsyncCommands<String, byte[]> redis, String[] keys, byte[][] values) {
    return redis.evalsha(digest, type, keys, values);
  }

  RedisFuture<T> whole(RedisAsyncCommands<String, byte[]> redis, String[] keys, byte[][] values) {
    return redis.eval(text, type, keys, values);
  }

  /** Redis names scripts so; nothing depends on its strength. */
  private static String sha1(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
