package dev.nanoctl.server.cache;

import dev.nanoctl.server.redis.RedisLink;
import io.lettuce.core.SetArgs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Answers in a Redis that gives up the least used ones by itself. */
public final class RedisAnswers implements SharedAnswers {
  /** Larger ones cost more to fetch than they save. */
  private static final int LARGEST = 256 * 1024;

  private final RedisLink redis;
  private final String prefix;
  private final Duration life;

  /**
   * Answers in Redis.
   *
   * @param prefix what this site's keys begin with
   * @param version what renders the answers: one version never uses what another has rendered
   * @param life how long an answer is kept at most
   */
  public RedisAnswers(RedisLink redis, String prefix, String version, Duration life) {
    this.redis = redis;
    this.prefix = prefix + "answer:" + version + ":";
    this.life = life;
  }

  @Override
  public Optional<Found> find(String log, String key) {
    return redis
        .<byte[], Optional<byte[]>>ask(
            "find answer", line -> line.get(name(log, key)), Optional::ofNullable)
        .flatMap(found -> found)
        .map(RedisAnswers::read);
  }

  @Override
  public void keep(String log, String key, Found answer) {
    byte[] bytes = write(answer);
    if (bytes.length <= LARGEST) {
      var _ =
          redis.send(
              "keep answer",
              line -> line.set(name(log, key), bytes, SetArgs.Builder.px(life.toMillis())),
              _ -> {});
    }
  }

  private String name(String log, String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(log.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
      return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] write(Found found) {
    CachedAnswer answer = found.answer();
    byte[] gzip = answer.knownGzip();
    byte[] body = gzip == null ? answer.body() : gzip;
    var bytes = new ByteArrayOutputStream(body.length + 256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(found.since());
      out.writeInt(found.shown().length);
      for (int slot : found.shown()) {
        out.writeInt(slot);
      }
      out.writeUTF(answer.etag());
      out.writeUTF(answer.cacheControl());
      out.writeUTF(answer.route());
      out.writeBoolean(answer.compressible());
      out.writeBoolean(gzip != null);
      out.writeInt(answer.body().length);
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Found read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long since = in.readLong();
      int[] shown = new int[in.readInt()];
      for (int i = 0; i < shown.length; i++) {
        shown[i] = in.readInt();
      }
      String etag = in.readUTF();
      String cacheControl = in.readUTF();
      String route = in.readUTF();
      boolean compressible = in.readBoolean();
      boolean packed = in.readBoolean();
      byte[] body = new byte[in.readInt()];
      byte[] rest = in.readAllBytes();
      if (packed) {
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(rest), 8 * 1024)) {
          unpacked.readNBytes(body, 0, body.length);
        }
      } else {
        body = rest;
      }
      CachedAnswer answer = new CachedAnswer(body, compressible, etag, cacheControl, route);
      if (packed) {
        answer.gzip(_ -> rest);
      }
      return new Found(answer, shown, since);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
