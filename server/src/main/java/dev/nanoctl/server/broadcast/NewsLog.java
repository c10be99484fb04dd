package dev.nanoctl.server.broadcast;

import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The stream of Redis in which a site's news stand, and how an entry of it looks. */
final class NewsLog {
  /** Enough for hours of a busy site; an entry takes about 100 bytes. */
  private static final int LONGEST = 20_000;

  private static final String SENDER = "s";
  private static final String ROW = "n";
  private static final String TOPICS = "t";
  private static final int SEQUENCE_BITS = 20;

  /** Opens the log, which begins with an entry that names it. */
  private static final String OPEN =
      """
      if redis.call('EXISTS', KEYS[1]) == 0 then
        local id = redis.call('XADD', KEYS[1], '*', 's', ARGV[1], 'n', '0', 't', '')
        redis.call('SET', KEYS[2], id .. '.' .. ARGV[1])
      end
      return redis.call('GET', KEYS[2])
      """;

  /**
   * An entry.
   *
   * @param at its position
   * @param row its announcement's key in the database
   */
  record Entry(long at, String sender, long row, List<String> topics) {}

  private final String stream;
  private final String name;

  NewsLog(String prefix) {
    this.stream = prefix + "news";
    this.name = prefix + "news:name";
  }

  /** Makes the log if there is none; answers its name. */
  RedisFuture<byte[]> open(RedisAsyncCommands<String, byte[]> redis, String self) {
    return redis.eval(OPEN, ScriptOutputType.VALUE, new String[] {stream, name}, bytes(self));
  }

  RedisFuture<String> add(
      RedisAsyncCommands<String, byte[]> redis, String sender, long row, List<String> topics) {
    return redis.xadd(
        stream,
        new XAddArgs().maxlen(LONGEST).approximateTrimming(),
        Map.of(
            SENDER,
            bytes(sender),
            ROW,
            bytes(Long.toString(row)),
            TOPICS,
            bytes(String.join("\n", topics))));
  }

  /** What stands behind a position; waits for it that long, if it is not zero. */
  @SuppressWarnings("unchecked") // the array of the variable arguments is the library's own
  RedisFuture<List<StreamMessage<String, byte[]>>> read(
      RedisAsyncCommands<String, byte[]> redis, long after, int most, Duration wait) {
    XReadArgs how = XReadArgs.Builder.count(most);
    if (!wait.isZero()) {
      how.block(wait);
    }
    return redis.xread(how, StreamOffset.from(stream, id(after)));
  }

  /** The entry at a position, if it is still there. */
  RedisFuture<List<StreamMessage<String, byte[]>>> at(
      RedisAsyncCommands<String, byte[]> redis, long position) {
    return redis.xrange(stream, Range.create(id(position), id(position)));
  }

  static Entry entry(StreamMessage<String, byte[]> message) {
    Map<String, byte[]> body = message.getBody();
    String topics = text(body, TOPICS);
    return new Entry(
        position(message.getId()),
        text(body, SENDER),
        Long.parseLong(text(body, ROW)),
        topics.isEmpty() ? List.of() : List.of(topics.split("\n", -1)));
  }

  private static String text(Map<String, byte[]> body, String field) {
    byte[] value = body.get(field);
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Redis's {@code MILLIS-SEQUENCE} as one number that grows alike. */
  static long position(String id) {
    int dash = id.indexOf('-');
    long sequence = Long.parseLong(id.substring(dash + 1));
    if (sequence >= 1L << SEQUENCE_BITS) {
      throw new IllegalStateException("a million news in a millisecond: " + id);
    }
    return Long.parseLong(id.substring(0, dash)) << SEQUENCE_BITS | sequence;
  }

  static String id(long position) {
    return (position >>> SEQUENCE_BITS) + "-" + (position & ((1L << SEQUENCE_BITS) - 1));
  }
}
