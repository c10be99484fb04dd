package dev.nanoctl.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LocalAnswerCacheTest extends AnswerCacheContract {
  @Override
  AnswerCache cache() {
    return new LocalAnswerCache(1 << 20, Duration.ofMinutes(10), Ticker.systemTicker());
  }

  @Test
  void anAnswerDoesNotOutliveItsLife() {
    AtomicLong time = new AtomicLong();
    var cache = new LocalAnswerCache(1 << 20, Duration.ofMinutes(10), time::get);
    cache.keep(key, answer("one"), List.of(), cache.now());
    time.set(Duration.ofMinutes(11).toNanos());
    assertThat(found(cache)).isEmpty();
  }
}
