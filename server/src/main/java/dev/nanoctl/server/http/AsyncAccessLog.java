package dev.nanoctl.server.http;

import dev.nanoctl.core.json.Json;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes one JSON line a request, on a thread of its own. When requests come faster than lines can
 * be written, lines are dropped and counted rather than requests delayed.
 */
public final class AsyncAccessLog implements AccessLog, AutoCloseable {
  private static final int WAITING = 16_384;
  private static final int BATCH = 512;

  private final ArrayBlockingQueue<Line> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final InstantSource clock;
  private final Consumer<String> sink;
  private final Thread thread;
  private volatile boolean open = true;

  /** Hands several lines at a time, without a line break at the end, to the sink. */
  public AsyncAccessLog(InstantSource clock, Consumer<String> sink) {
    this.clock = clock;
    this.sink = sink;
    this.thread = Thread.ofPlatform().name("access-log").daemon(true).start(this::run);
  }

  @Override
  public void answered(Line line) {
    if (!queue.offer(line)) {
      dropped.incrementAndGet();
    }
  }

  /** Writes what is left. */
  @Override
  public void close() {
    open = false;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Line> batch = new ArrayList<>(BATCH);
    while (open || !queue.isEmpty()) {
      try {
        Line first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          sink.accept(text(batch));
          batch.clear();
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private String text(List<Line> lines) {
    String time = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    StringBuilder text = new StringBuilder(lines.size() * 240);
    for (Line line : lines) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(text(time, line));
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      text.append("\n{\"time\":\"").append(time).append("\",\"dropped\":").append(lost).append('}');
    }
    return text.toString();
  }

  private static String text(String time, Line line) {
    return Json.text(json ->
        json.object(o ->
            o.field("time", time)
                .field("request_id", line.caller().requestId())
                .field("method", line.method())
                .field("path", line.path())
                .field("status", line.status())
                .field("bytes", line.bytes())
                .field("ms", Math.round(line.nanos() / 1e3) / 1e3)
                .field("network", line.caller().network())
                .field("user", line.caller().user())));
  }
}
