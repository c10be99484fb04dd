package dev.nanoctl.server.broadcast;

import dev.nanoctl.server.redis.RedisAddress;
import dev.nanoctl.server.redis.RedisLines;
import dev.nanoctl.server.redis.RedisLink;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * By a stream in Redis. An announcement is a row in the database first, which goes once Redis has
 * it; so nothing is lost while Redis is away or when a process dies. A reader that was away reads
 * on where it stopped, or is told that this is not possible.
 */
public final class RedisBroadcast implements Broadcast {
  /** What everybody has to take as: anything may have changed. */
  static final String EVERYTHING = "*";

  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private final NewsRelay relay;
  private final NewsListener listener;

  /**
   * The line between the servers of a site.
   *
   * @param lines makes the connection on which is listened
   * @param address the Redis of {@code link}
   * @param prefix what this site's keys begin with
   * @param positions follows the log
   */
  public RedisBroadcast(
      Jdbi jdbi,
      RedisLink link,
      RedisLines lines,
      RedisAddress address,
      String prefix,
      Positions positions) {
    String self = UUID.randomUUID().toString();
    NewsLog log = new NewsLog(prefix);
    relay = new NewsRelay(jdbi, link, log, self, positions);
    listener = new NewsListener(lines, address, log, self, positions, relay);
  }

  @Override
  public void announce(Handle tx, List<String> topics, Runnable committed) {
    relay.announce(tx, topics, committed);
  }

  @Override
  public void subscribe(Reader reader) {
    listener.subscribe(reader);
  }

  @Override
  public void start() {
    listener.start();
    relay.start();
    try {
      boolean _ = listener.await(FIRST_LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean hears() {
    return listener.hears();
  }

  @Override
  public void close() {
    listener.close();
    relay.close();
  }

  /** Waits for a thread that was asked to end. */
  static void join(@Nullable Thread thread) {
    if (thread != null) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
