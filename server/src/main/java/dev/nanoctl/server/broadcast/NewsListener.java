package dev.nanoctl.server.broadcast;

import dev.nanoctl.server.redis.RedisAddress;
import dev.nanoctl.server.redis.RedisLines;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log, on a connection of its own, and knows how far it has come. */
final class NewsListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NewsListener.class);
  private static final Duration WAIT = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofMillis(600);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int BATCH = 1_000;

  private final RedisLines lines;
  private final RedisAddress address;
  private final NewsLog log;
  private final String self;
  private final Positions positions;
  private final NewsRelay relay;
  private final List<Broadcast.Reader> readers = new CopyOnWriteArrayList<>();
  private volatile boolean open = true;
  private volatile boolean hears;
  private String name = "";
  private long position;
  private boolean missed = true;
  private @Nullable Thread thread;

  NewsListener(
      RedisLines lines,
      RedisAddress address,
      NewsLog log,
      String self,
      Positions positions,
      NewsRelay relay) {
    this.lines = lines;
    this.address = address;
    this.log = log;
    this.self = self;
    this.positions = positions;
    this.relay = relay;
  }

  void subscribe(Broadcast.Reader reader) {
    readers.add(reader);
  }

  boolean hears() {
    return hears;
  }

  void start() {
    readers.forEach(Broadcast.Reader::deaf);
    thread = Thread.ofVirtual().name("news").start(this::run);
  }

  boolean await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!hears && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    return hears;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (open) {
      try (RedisLines.Line connection = lines.open(address)) {
        RedisAsyncCommands<String, byte[]> redis = connection.redis();
        catchUp(redis);
        hears = true;
        readers.forEach(Broadcast.Reader::hearing);
        pause = FIRST_PAUSE;
        while (open) {
          read(redis, WAIT, true);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
        if (hears) {
          hears = false;
          readers.forEach(Broadcast.Reader::deaf);
          LOG.warn("no news from redis at {}: {}", address, e.toString());
        }
        if (!pause(pause)) {
          return;
        }
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    }
  }

  /** Reads what stands in the log already, and finds out whether all of it does. */
  private void catchUp(RedisAsyncCommands<String, byte[]> redis)
      throws InterruptedException, ExecutionException, TimeoutException {
    String found = new String(answer(log.open(redis, self), Duration.ZERO), StandardCharsets.UTF_8);
    boolean known = found.equals(name) && !answer(log.at(redis, position), Duration.ZERO).isEmpty();
    if (known && relay.last() > 0 && answer(log.at(redis, relay.last()), Duration.ZERO).isEmpty()) {
      relay.announceLoss();
    }
    if (!known) {
      if (!name.isEmpty()) {
        LOG.warn("news were lost while redis at {} was away", address);
      }
      name = found;
      position = 0;
      missed = true;
      positions.begin(name, Long.MAX_VALUE);
    }
    while (read(redis, Duration.ZERO, !missed) == BATCH) {
      // there may be more
    }
    if (missed) {
      readers.forEach(Broadcast.Reader::missed);
      missed = false;
    }
  }

  /** Reads on; {@code aloud} says whether readers want to hear it. */
  private int read(RedisAsyncCommands<String, byte[]> redis, Duration wait, boolean aloud)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<StreamMessage<String, byte[]>> found =
        answer(log.read(redis, position, BATCH, wait), wait);
    for (StreamMessage<String, byte[]> message : found) {
      NewsLog.Entry entry = NewsLog.entry(message);
      if (position == 0) {
        positions.begin(name, entry.at());
      }
      heard(entry, aloud);
      position = entry.at();
      positions.upTo(position);
    }
    return found.size();
  }

  private void heard(NewsLog.Entry entry, boolean aloud) {
    boolean own = entry.sender().equals(self);
    if (own) {
      relay.done(entry.row(), entry.at());
    }
    for (String topic : entry.topics()) {
      if (topic.equals(RedisBroadcast.EVERYTHING)) {
        positions.heardAll(entry.at());
        if (aloud) {
          readers.forEach(Broadcast.Reader::missed);
        }
      } else {
        positions.heard(topic, entry.at());
        if (aloud && !own) {
          readers.forEach(reader -> reader.heard(topic));
        }
      }
    }
  }

  private static <T> T answer(RedisFuture<T> asked, Duration wait)
      throws InterruptedException, ExecutionException, TimeoutException {
    return asked.toCompletableFuture().get(wait.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean pause(Duration pause) {
    try {
      Thread.sleep(pause);
      return open;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    open = false;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
    RedisBroadcast.join(running);
  }
}
