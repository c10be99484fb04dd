package dev.nanoctl.server.media.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store must do; each adapter runs all of it. */
abstract class ObjectStoreConformance {
  private String run = "";

  @BeforeEach
  void beginAnew() {
    run = "t/" + UUID.randomUUID() + "/";
  }

  /** The store under test. */
  abstract ObjectStore store();

  private ObjectKey key(String name) {
    return new ObjectKey(run + name);
  }

  static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] read(ObjectContent content) throws IOException {
    try (content) {
      return content.stream().readAllBytes();
    }
  }

  static Class<?> problemOf(ThrowingCall call) {
    try {
      call.run();
    } catch (ObjectStoreException e) {
      return e.problem().getClass();
    } catch (Exception e) {
      throw new AssertionError("not a typed problem", e);
    }
    return Void.class;
  }

  /** A call that is expected to fail. */
  interface ThrowingCall {
    void run() throws Exception;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 1_048_576, 1_048_577, 12_000_000})
  void whatIsPutIsWhatOneGets(int length) throws IOException {
    byte[] bytes = random(length, length);
    StoredObject stored = store().put(key("size-" + length), ObjectBody.of(bytes));
    assertThat(stored.size()).isEqualTo(length);
    ObjectContent content = store().get(key("size-" + length));
    assertThat(content.length()).isEqualTo(length);
    assertThat(content.size()).isEqualTo(length);
    assertThat(read(content)).isEqualTo(bytes);
  }

  @Test
  void aStreamOfUnknownLengthIsStoredWhole() throws IOException {
    byte[] bytes = random(3_000_000, 7);
    store().put(key("stream"), ObjectBody.of(new ByteArrayInputStream(bytes)));
    assertThat(read(store().get(key("stream")))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,99", "10,10", "999,999", "0,5000", "500,5000", "1,998"})
  void aRangeIsByteExactAndEndsWithTheObject(int first, int last) throws IOException {
    byte[] bytes = random(1000, 3);
    store().put(key("range"), ObjectBody.of(bytes));
    ObjectContent part = store().get(key("range"), new ByteRange(first, last));
    int end = Math.min(last, 999) + 1;
    assertThat(part.size()).isEqualTo(1000);
    assertThat(part.length()).isEqualTo(end - first);
    assertThat(read(part)).isEqualTo(Arrays.copyOfRange(bytes, first, end));
  }

  @Test
  void aRangeBehindTheEndIsRefused() {
    store().put(key("short"), ObjectBody.of(random(10, 1)));
    assertThat(problemOf(() -> store().get(key("short"), new ByteRange(10, 20))))
        .isEqualTo(ObjectStoreProblem.RangeOutside.class);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(store().head(key("none"))).isEmpty();
    assertThat(store().delete(key("none"))).isFalse();
    assertThat(problemOf(() -> store().get(key("none"))))
        .isEqualTo(ObjectStoreProblem.NotFound.class);
    assertThat(problemOf(() -> store().get(key("none"), new ByteRange(0, 1))))
        .isEqualTo(ObjectStoreProblem.NotFound.class);
  }

  @Test
  void theSameBytesAgainAreFineAndOtherBytesAreRefused() throws IOException {
    byte[] bytes = random(100, 1);
    store().put(key("once"), ObjectBody.of(bytes));
    store().put(key("once"), ObjectBody.of(bytes));
    assertThat(problemOf(() -> store().put(key("once"), ObjectBody.of(random(100, 2)))))
        .isEqualTo(ObjectStoreProblem.Exists.class);
    assertThat(read(store().get(key("once")))).isEqualTo(bytes);
  }

  @Test
  void bytesThatAreNotThoseAnnouncedAreNeverVisible() {
    byte[] bytes = random(100, 1);
    ObjectBody tooShort = new ObjectBody(new ByteArrayInputStream(bytes), 101, null);
    ObjectBody tooLong = new ObjectBody(new ByteArrayInputStream(bytes), 99, null);
    ObjectBody other =
        new ObjectBody(new ByteArrayInputStream(bytes), 100, Sha256.of(random(100, 2)));
    for (ObjectBody body : List.of(tooShort, tooLong, other)) {
      assertThat(problemOf(() -> store().put(key("lie"), body)))
          .isEqualTo(ObjectStoreProblem.Mismatch.class);
      assertThat(store().head(key("lie"))).isEmpty();
    }
  }

  @Test
  void aSourceThatBreaksLeavesNothingBehind() {
    InputStream broken =
        new InputStream() {
          private int given;

          @Override
          public int read() throws IOException {
            if (given++ > 2_000_000) {
              throw new IOException("the line went dead");
            }
            return 1;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            if (length > 0) {
              into[offset] = (byte) read();
            }
            return Math.min(length, 1);
          }
        };
    assertThatThrownBy(() -> store().put(key("broken"), ObjectBody.of(broken)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the line went dead");
    assertThat(store().head(key("broken"))).isEmpty();
    List<StoredObject> listed = new ArrayList<>();
    store().list(run, listed::add);
    assertThat(listed).isEmpty();
  }

  @Test
  void whatIsDeletedIsGone() {
    store().put(key("gone"), ObjectBody.of(random(10, 1)));
    assertThat(store().delete(key("gone"))).isTrue();
    assertThat(store().head(key("gone"))).isEmpty();
    assertThat(store().delete(key("gone"))).isFalse();
    store().put(key("gone"), ObjectBody.of(random(10, 2)));
    assertThat(store().head(key("gone"))).isPresent();
  }

  @Test
  void aListGivesWhatBeginsWithThePrefix() {
    for (String name : List.of("b/2", "a/1", "b/1", "c", "b-1")) {
      store().put(key(name), ObjectBody.of(name.getBytes(UTF_8)));
    }
    assertThat(names(run)).containsExactlyInAnyOrder("a/1", "b-1", "b/1", "b/2", "c");
    assertThat(names(run + "b")).containsExactlyInAnyOrder("b-1", "b/1", "b/2");
    assertThat(names(run + "b/")).containsExactlyInAnyOrder("b/1", "b/2");
    assertThat(names(run + "x")).isEmpty();
  }

  private List<String> names(String prefix) {
    List<String> names = new ArrayList<>();
    store()
        .list(
            prefix,
            object -> {
              names.add(object.key().path().substring(run.length()));
              assertThat(object.size()).isPositive();
            });
    return names;
  }

  @Test
  void oneOfManyWritersWins() throws Exception {
    if (!store().capabilities().exclusivePut()) {
      return;
    }
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] mine = random(200_000, i);
      writers.add(() ->
          problemOf(() -> store().put(key("race"), ObjectBody.of(mine)))
              != ObjectStoreProblem.Exists.class);
    }
    int winners = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        winners += writer.get() ? 1 : 0;
      }
    }
    assertThat(winners).isEqualTo(1);
    assertThat(store().head(key("race"))).map(StoredObject::size).contains(200_000L);
  }

  @Test
  void theStoreSaysWhatItPromises() {
    store().check();
    assertThat(store().capabilities().durableOnReturn()).isTrue();
    assertThat(store().capabilities().largestObject()).isGreaterThanOrEqualTo(100L << 20);
  }
}
