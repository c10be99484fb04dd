package dev.nanoctl.server.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.media.store.ObjectStoreProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ObjectsLookTest {
  private static final ObjectStoreProblem DOWN =
      new ObjectStoreProblem.Unavailable("bucket", "away");

  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong(-1);

  @Test
  void oneAnswerTakesOneLookAndTheNextOneAnother() {
    var look = new ObjectsLook(this::look, nanos::get);

    assertThat(look.lack()).isEmpty();
    assertThat(look.lack()).isEmpty();
    assertThat(looks).hasValue(1);

    nanos.addAndGet(Duration.ofMillis(50).toNanos());
    assertThat(look.lack()).contains(DOWN);
    assertThat(look.lack()).contains(DOWN);
    assertThat(looks).hasValue(2);
  }

  private Optional<ObjectStoreProblem> look() {
    return looks.incrementAndGet() == 2 ? Optional.of(DOWN) : Optional.empty();
  }
}
