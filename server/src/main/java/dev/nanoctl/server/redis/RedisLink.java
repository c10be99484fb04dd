package dev.nanoctl.server.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is kept up in the background. Commands either succeed in time or say at once
 * that Redis is away: after the first failure nothing is asked until Redis has answered a ping.
 */
public final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** A command. */
  @FunctionalInterface
  public interface Command<T> {
    /** Sends it. */
    RedisFuture<T> send(RedisAsyncCommands<String, byte[]> redis);
  }

  private final String name;
  private final RedisLines lines;
  private final RedisAddress address;
  private final RedisMetrics metrics;
  private final Semaphore look = new Semaphore(0);
  private final AtomicBoolean well = new AtomicBoolean();
  private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;
  private volatile boolean open = true;
  private final Thread thread;

  /**
   * Begins to connect.
   *
   * @param name what metrics and logs call it
   */
  public RedisLink(String name, RedisLines lines, RedisAddress address, RedisMetrics metrics) {
    this.name = name;
    this.lines = lines;
    this.address = address;
    this.metrics = metrics;
    metrics.watch(name, this::up);
    thread = Thread.ofVirtual().name("redis-" + name).start(this::keepUp);
  }

  /** Whether Redis answers, as far as is known. */
  public boolean up() {
    StatefulRedisConnection<String, byte[]> now = connection;
    return well.get() && now != null && now.isOpen();
  }

  /** Waits until Redis answers; false when it does not in that time. */
  public boolean await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!up()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(5);
    }
    return true;
  }

  /**
   * Sends a command and waits for its answer; empty when Redis is away.
   *
   * @param use what metrics call it
   */
  public <T> Optional<T> ask(String use, Command<T> command) {
    return ask(use, command, answer -> answer);
  }

  /** The same for commands whose answer may be nothing: {@code read} makes something of it. */
  public <T extends @Nullable Object, R> Optional<R> ask(
      String use, Command<T> command, Function<T, R> read) {
    Reply<T> reply = exchange(use, command);
    if (reply instanceof Reply.Answer<T>(T value)) {
      return Optional.of(read.apply(value));
    }
    metrics.fellBack(name, use);
    return Optional.empty();
  }

  /** Runs a script by its digest, and sends it whole where Redis does not know it. */
  public <T> Optional<T> run(String use, RedisScript<T> script, String[] keys, byte[]... values) {
    Reply<T> reply = exchange(use, redis -> script.byDigest(redis, keys, values));
    if (reply instanceof Reply.NoScript<T>) {
      reply = exchange(use, redis -> script.whole(redis, keys, values));
    }
    if (reply instanceof Reply.Answer<T>(T value)) {
      return Optional.of(value);
    }
    metrics.fellBack(name, use);
    return Optional.empty();
  }

  /** Sends a command and does not wait; {@code done} hears of the answer, if there is one. */
  public <T extends @Nullable Object> CompletableFuture<@Nullable Void> send(
      String use, Command<T> command, Consumer<T> done) {
    StatefulRedisConnection<String, byte[]> now = connection;
    if (now == null || !up()) {
      metrics.fellBack(name, use);
      return CompletableFuture.failedFuture(new IOException("redis is away"));
    }
    long begin = System.nanoTime();
    CompletableFuture<T> sent;
    try {
      sent = command.send(now.async()).toCompletableFuture();
    } catch (RuntimeException e) {
      failed(use, e);
      return CompletableFuture.failedFuture(e);
    }
    return sent.handle((answer, e) -> {
      if (e != null) {
        failed(use, e);
        throw new IllegalStateException(e);
      }
      metrics.answered(name, use, System.nanoTime() - begin);
      done.accept(answer);
      return null;
    });
  }

  private sealed interface Reply<T extends @Nullable Object> {
    record Answer<T extends @Nullable Object>(T value) implements Reply<T> {}

    record NoScript<T extends @Nullable Object>() implements Reply<T> {}

    record None<T extends @Nullable Object>() implements Reply<T> {}
  }

  private <T extends @Nullable Object> Reply<T> exchange(String use, Command<T> command) {
    StatefulRedisConnection<String, byte[]> now = connection;
    if (now == null || !up()) {
      return new Reply.None<>();
    }
    long begin = System.nanoTime();
    try {
      T answer =
          command
              .send(now.async())
              .toCompletableFuture()
              .get(address.patience().toMillis(), TimeUnit.MILLISECONDS);
      metrics.answered(name, use, System.nanoTime() - begin);
      return new Reply.Answer<>(answer);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisNoScriptException) {
        return new Reply.NoScript<>();
      }
      failed(use, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException | RuntimeException e) {
      failed(use, e);
    }
    return new Reply.None<>();
  }

  private void failed(String use, Throwable e) {
    metrics.failed(name, use);
    if (well.compareAndSet(true, false)) {
      LOG.warn("redis {} at {} is away, getting by without it: {}", name, address, e.toString());
    }
    look.release();
  }

  private void keepUp() {
    Duration pause = FIRST_PAUSE;
    try {
      while (open) {
        if (!up()) {
          pause = check() ? FIRST_PAUSE : longer(pause);
        }
        look.drainPermits();
        if (up()) {
          // a broken connection is noticed by the next command, or here
          boolean _ = look.tryAcquire(FIRST_PAUSE.toMillis() * 4, TimeUnit.MILLISECONDS);
        } else {
          Thread.sleep(pause);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
  }

  /** Connects if need be and asks for a sign of life. */
  private boolean check() throws InterruptedException {
    well.set(false);
    StatefulRedisConnection<String, byte[]> now = connection;
    try {
      if (now == null || !now.isOpen()) {
        now = lines.connect(address);
        connection = now;
      }
      now.async()
          .ping()
          .toCompletableFuture()
          .get(address.patience().toMillis(), TimeUnit.MILLISECONDS);
      well.set(true);
      LOG.info("redis {} at {} answers", name, address);
      return true;
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
      LOG.debug("redis {} at {} is away: {}", name, address, e.toString());
      if (now != null && e instanceof TimeoutException) {
        RedisLines.close(now);
        connection = null;
      }
      return false;
    }
  }

  @Override
  public void close() {
    open = false;
    thread.interrupt();
    StatefulRedisConnection<String, byte[]> now = connection;
    if (now != null) {
      RedisLines.close(now);
    }
  }
}
